"""Labels and names: what stands beside a date, an author, a picture."""

from __future__ import annotations

from newscrawl.text.vocabulary.notation import phrases

# What stands before the date of first publication.
PUBLISHED_LABELS = phrases("""
    published on | published at | published | publication date | date of publication | posted on
    posted at | posted | first published on | first published | originally published | released
    release date | issued on | issued | created on | created | date published | pub date | date
    publicado el | publicada el | publicado a las | publicado | publicada | fecha de publicación
    fecha | creado | actualidad publicada
    publié le | publiée le | publié à | publié | publiée | paru le | mis en ligne le | écrit le
    date de publication | par la rédaction le | créé le
    veröffentlicht am | veröffentlicht um | veröffentlicht | erschienen am | erstveröffentlichung
    erstellt am | erstellt | publiziert am | publiziert | datum | vom | erstmals publiziert
    publicado em | publicada em | publicado a | publicado às | data de publicação | criado em
    data
    pubblicato il | pubblicata il | pubblicato | pubblicazione | data di pubblicazione | creato il
    gepubliceerd op | gepubliceerd | geplaatst op | geplaatst | verschenen op
    publicerad den | publicerad | publicerat | publisert | publiceret | offentliggjort | udgivet
    julkaistu | opublikowano | data publikacji | opublikowany | publikacja | dodano | zveřejněno
    vydáno | publikováno | megjelent | publicat | publicat la | yayınlanma tarihi | yayınlanma
    yayın tarihi | oluşturulma tarihi | giriş tarihi | giriş
    опубликовано | опубликован | дата публикации | создано | опубліковано | дата публікації
    δημοσίευση | δημοσιεύτηκε | نشر في | نُشر في | تاريخ النشر | نشرت في | آخر نشر | تاریخ انتشار
    发布时间 | 发布于 | 发表时间 | 發布時間 | 發布於 | 時間 | 时间 | 日期 | 公開日 | 公開 | 掲載
    配信
    公開日時 | 投稿日 | 입력 | 등록 | 게시 | 작성 | 승인 | ngày đăng | diterbitkan | terbit
    प्रकाशित
    प्रकाशन
""")

# What stands before the date of the last change.
UPDATED_LABELS = phrases("""
    updated on | updated at | updated | last updated on | last updated at | last updated
    last modified on | last modified | modified on | modified | update | last update
    date modified | revised | edited | corrected | upd
    actualizado el | actualizada el | actualizado a las | actualizado | actualizada
    última actualización | última modificación | modificado | modificado el | act
    mis à jour le | mise à jour le | mis à jour à | mis à jour | mise à jour | modifié le | modifié
    actualisé le | dernière mise à jour | dernière modification
    aktualisiert am | aktualisiert um | aktualisiert | zuletzt aktualisiert am
    zuletzt aktualisiert
    letzte aktualisierung | geändert am | geändert | bearbeitet | zuletzt geändert am | stand
    atualizado em | atualizada em | atualizado às | atualizado a | atualizado | atualizada
    última atualização | modificado em
    aggiornato il | aggiornato alle | aggiornato | aggiornata il | ultimo aggiornamento
    ultima modifica | modificato il
    bijgewerkt op | bijgewerkt | laatst bijgewerkt | laatste update | gewijzigd op | gewijzigd
    uppdaterad | uppdaterat | senast uppdaterad | oppdatert | sist oppdatert | opdateret
    sidst opdateret | päivitetty | zaktualizowano | aktualizacja | ostatnia aktualizacja
    aktualizováno | frissítve | actualizat | actualizat la | güncellenme tarihi | güncellenme
    güncelleme tarihi | güncelleme | son güncelleme | обновлено | последнее обновление | изменено
    оновлено | ενημέρωση | آخر تحديث | تحديث | تم التحديث | به روز رسانی | 更新时间 | 更新于
    更新時間 | 最后更新 | 更新日時 | 更新日 | 更新 | 수정 | 최종수정 | 최종 업데이트 | 업데이트
    cập nhật
    diperbarui | अपडेट
""")

# What stands before an author's name, and is never a part of it.
BYLINE_PREFIXES = phrases("""
    by | written by | posted by | reported by | reporting by | story by | text by | words by
    published by | author | authors | reporter | from our correspondent | analysis by | opinion by
    por | escrito por | redactado por | autor | autora | autores | autoria | texto | texto de
    par | propos recueillis par | écrit par | rédigé par | auteur | auteure | auteurs | autrice
    ein artikel von | eine analyse von | ein kommentar von | ein gastbeitrag von
    ein interview von
    eine kolumne von | ein essay von | eine reportage von | interview von | kommentar von
    gastbeitrag von | analyse von | autoren | autorin | text | verfasst von | aufgezeichnet von
    a cura di | scritto da | articolo di | autore | door | geschreven door | tekst | skriven av
    skrevet av | skrevet af | forfatter | författare | autorzy | opracował | opracowanie | yazan
    yazar | haber | автор | авторы | текст | автори | بقلم | كتب | كتبت | نوشته | 作者 | 记者
    記者
    撰文 | 编辑 | 文 | 文・ | 執筆 | 글 | oleh | penulis | testo di | texte | texte de | autorka
    kirjoittaja | szerző | írta | bởi | tác giả | επιμέλεια | γράφει | γράφει η | γράφει ο
    מאת | נכתב על ידי | autors | autorius | avtor | аўтар | लेखक | द्वारा | โดย | ผู้เขียน
""")

# Prepositions that stand before a byline too, but also begin surnames ("Von Storch", "Di Maio").
BYLINE_PARTICLES = phrases(
    "von | di | da | de | van | av | af | od | przez | от | від | от редакции"
)

# What stands between two names of one byline.
AUTHOR_JOINERS = phrases("""
    and | with | y | e | et | avec | und | mit | con | com | en | og | och | ja | i | oraz | a | ve
    и | та | і | و
""")

# What a person of a byline does; with a comma or in brackets after the name, it is no name.
ROLE_WORDS = phrases("""
    reporter | senior reporter | staff reporter | staff writer | writer | correspondent
    journalist
    foreign correspondent | political correspondent | editor | senior editor | associate editor
    managing editor | news editor | deputy editor | chief editor | editor-in-chief | columnist
    contributor | contributing writer | freelance journalist | analyst | producer | photographer
    guest author | special correspondent | bureau chief | associated press | staff | intern
    corresponsal | redactor | redactora | periodista | editora | columnista | colaborador
    colaboradora | enviado especial | enviada especial | analista | fotógrafo | redacción
    correspondant | correspondante | journaliste | rédacteur | rédactrice | rédacteur en chef
    envoyé spécial | envoyée spéciale | chroniqueur | chroniqueuse | photographe | la rédaction
    redakteur | redakteurin | redaktion | korrespondent | korrespondentin | reporterin
    chefredakteur
    chefredakteurin | volontär | volontärin | volontär*in | autor | autorin | journalistin
    ressortleiter | ressortleiterin | kolumnist | kolumnistin | freier autor | freie autorin
    gastautor | gastautorin | fotograf | fotografin | online-redakteur | online-redakteurin
    repórter | correspondente | jornalista | redator | redatora | colunista | editor-chefe
    redação
    giornalista | corrispondente | inviato | inviata | caporedattore | redazione
    verslaggever | redacteur | correspondente | columnist | chef | redactie | reportar | redaktör
    journalist | korrespondent | redaktør | skribent | toimittaja | dziennikarz | dziennikarka
    korespondent | redaktor | muhabir | editör | gazeteci | yazar | корреспондент | журналист
    редактор | обозреватель | кореспондент | журналіст | مراسل | محرر | كاتب | صحفي | 记者 | 記者
    编辑 | 編輯 | 기자 | 특파원 | 편집장
""")

# What stands before a picture's credit, with or without a colon after it.
CREDIT_LABELS = phrases("""
    photo | photos | photo by | photo credit | photos by | photograph | photograph by | photography
    credit | credits | image | images | image credit | image source | image by | picture | pictures
    picture by | pic | courtesy | courtesy of | file photo | video | illustration | illustration by
    graphic | source | screenshot | screengrab
    foto | fotos | foto de | crédito | créditos | imagen | fotografía | fotografía de | ilustración
    gráfico | fuente | cortesía | captura de pantalla | archivo
    crédit photo | crédit | crédits | photographie | photographies | crédits photo | © photo
    bild | bilder | bildquelle | bildnachweis | bildrechte | fotografie | quelle | grafik
    symbolbild
    archivbild | fotocredit | fotoquelle
    imagem | créditos da imagem | fotografia | fonte | divulgação | reprodução | arte
    immagine | immagini | credito | fotogramma | beeld | beeldbron | foto's | bron | bild av
    fotograf | foto av | kuva | zdjęcie | fot | źródło | fotoğraf | kaynak | görsel
    фото | снимок | иллюстрация | источник | зображення | джерело | الصورة | صورة | تصوير | المصدر
    عکس | عکاس | تصویر | منبع | nuotr | nuotrauka | šaltinis
    file | supplied | supplied by | photographer | källa | kilde | lähde | pressebild | collage
    zdroj | zdroj foto | foto zdroj | autor foto | fotó | forrás | sursa | sursa foto | izvor | vir
    avots | allikas | φωτογραφία | φωτο | φώτο | φωτ | πηγή | צילום | קרדיט | תמונה
    مصدر | مصدر الصورة
    ภาพ | ภาพจาก | ที่มา | เครดิตภาพ | ảnh | nguồn | nguồn ảnh | sumber | sumber foto | dok
    फोटो | फ़ोटो | तस्वीर | स्रोत | ছবি | 图源 | 圖源 | 来源 | 來源 | 图片来源 | 圖片來源 | 供图
    图 | 图片 | 图片来源 | 圖 | 圖片 | 攝影 | 摄影 | 写真 | 撮影 | 画像 | 提供 | 사진 | 사진제공
    출처
""")

# Agencies and stock houses that a credit is made of.
CREDIT_AGENCIES = phrases("""
    afp | ap | ap photo | associated press | reuters | dpa | epa | efe | ansa | apa | anp
    belga | dapd
    getty images | getty | picture alliance | picture-alliance | imago | imago images | zuma press
    shutterstock | istock | adobe stock | alamy | keystone | ritzau scanpix | scanpix | ntb | tt
    lusa | europa press | agência brasil | pa media | pa wire | pa images | press association
    bloomberg | upi | xinhua | tass | ria | sputnik | kyodo | jiji | yonhap | unsplash | pexels
    pixabay | wikimedia commons | creative commons | anadolu | anadolu agency | pap | cnw group
    canadian press | aap | ullstein bild | ddp | action press | nurphoto | depositphotos
    hans lucas
    archyde | handout | supplied | ukrinform | belta | mti | agerpres | mediafax | čtk | tasr
    tanjug | pixsell | cropix | lehtikuva | hollandse hoogte | sipa | abaca | maxppp | lapresse
    folhapress
    estadão conteúdo | notimex | iha | dha | pti | ians | antara | antara foto | bernama | ttxvn
    eurokinissi | απε | απε-μπε | риа новости | тасс | рейтер | укрінформ | укринформ
    رويترز | أ ف ب | أ.ف.ب | فرانس برس | الفرنسية | الأناضول | غيتي | ایسنا | ایرنا | تسنیم | רויטרס
    新华社 | 新華社 | 中央社 | 中新社 | 路透社 | 法新社 | 美联社 | 美聯社
    视觉中国 | 共同 | 共同通信 | 共同社
    時事 | 時事通信 | ロイター | アフロ | 연합뉴스 | 뉴스1 | 뉴시스 | 로이터 | รอยเตอร์
""")
