"""Lines that are no article: navigation, comments, other stories, calls and notes."""

from __future__ import annotations

from newscrawl.text.vocabulary.notation import phrases

# Whole lines of navigation, share bars, toolbars, menus, players, advertising.
CHROME_LINES = phrases("""
    continue reading below | story continues below | article continues below
    print this story | print this article | e-mail this story to a friend | email this story
    e-mail this story | email this article | send to a friend
    live | live tv | live now | watch live | listen live | audio only | on air | radio | podcasts
    podcast | video | videos | photos | gallery | share | share this | share this article
    share it
    share this story | share on | sharing | copy link | copy url | link copied | copied | email
    e-mail | email this | print | print this | print article | pdf | save | save article | bookmark
    menu | main menu | navigation | main navigation | open menu | close menu | close | open
    toggle
    toggle navigation | toggle menu | search | search for | search this site | go | submit | home
    home page | homepage | front page | back | back to top | top | to top | next | previous | prev
    next article | previous article | older | newer | load more | show more | see more | view more
    more | view all | see all | all | skip to content | skip to main content | skip navigation
    skip to main | skip to navigation | skip links | sign in | log in | login | sign up | register
    log out | my account | account | profile | settings | my profile | join | join now | subscribe
    subscribe now | subscriptions | subscription | newsletter | newsletters | donate | support us
    become a member | membership | facebook | twitter | x | google plus | google+ | g+ | linkedin
    whatsapp | telegram | instagram | youtube | tiktok | pinterest | reddit | tumblr | flipboard
    vk
    threads | bluesky | mastodon | messenger | rss | rss feed | viber | line | wechat | weibo
    xing
    pocket | odnoklassniki | snapchat | twitch | discord | spotify | apple podcasts | tweet | like
    pin it | post | follow | follow us | follow us on | follow me | connect | connect with us
    most read | most popular | most viewed | most shared | popular | trending | trending now
    top stories | latest | latest news | latest stories | breaking | breaking news | editor's picks
    editors' picks | headlines | recommended | recommendations | advertisement | advertising | ad
    ads | sponsored | sponsored content | promoted | article continues below | ad feedback
    story continues below advertisement | article continues after advertisement | advertise
    article content | story continues below | continue reading below | scroll to continue
    listen | listen to this article | play | pause
    mute | unmute | play video | watch | loading | loading... | please wait | image | enlarge
    enlarge image | expand | full screen | fullscreen | text size | font size | a a a | aa | a+
    a-
    e-paper | epaper | digital edition | archive | archives | contact | contact us | about
    about us
    help | faq | privacy | privacy policy | terms of use | terms of service | cookie policy
    languages | language | english | español | français | deutsch | português | italiano
    site map | sitemap | weather | horoscope | games | crossword | shop | jobs | comment | comments
    text | tags | tag | topics | topic | categories | category | by | published | gift | translate
    en vivo | en directo | directo | solo audio | sólo audio | compartir | comparte | compartir en
    compartir esta noticia | comparte esta noticia | copiar enlace | enviar por correo | imprimir
    guardar | menú | menú principal | buscar | búsqueda | cerrar | inicio | portada
    ir al contenido
    saltar al contenido | iniciar sesión | inicia sesión | regístrate | registrarse | suscríbete
    suscribirse | suscripción | boletín | boletines | síguenos | síguenos en | seguir
    lo más leído | más leídas | más leídos | lo más visto | más vistos | lo último | última hora
    últimas noticias | publicidad | anuncio | patrocinado | escuchar | ver más | ver todo
    cargando
    siguiente | anterior | volver | volver arriba | subir | contacto | quiénes somos | etiquetas
    correo electrónico | vídeos | fotos | multimedia | opinión | hemeroteca | newsletters
    en direct | direct | partager | partager l'article | partager sur | copier le lien | imprimer
    envoyer par e-mail | enregistrer | rechercher | recherche | fermer | accueil | aller au contenu
    aller au contenu principal | se connecter | connexion | s'inscrire | s'abonner | je m'abonne
    abonnez-vous | abonnement | mon compte | nous suivre | suivez-nous | suivre | les plus lus
    les plus lues | les plus partagés | à la une | dernières nouvelles | publicité | annonce
    contenu sponsorisé | écouter | écouter l'article | voir plus | voir tout | chargement | suivant
    précédent | retour | retour en haut | haut de page | nous contacter | mots-clés | vidéo
    vidéos
    lecture | ajouter à mes favoris | offrir l'article | réagir | commenter | lire plus tard
    live-tv | nur audio | teilen | artikel teilen | auf facebook teilen | link kopieren | drucken
    seite drucken | per mail versenden | mail | merken | merkliste | menü | hauptmenü | suche
    suchen
    suchbegriff | schließen | öffnen | startseite | zum inhalt | zum inhalt springen
    direkt zum inhalt | zur navigation springen | anmelden | einloggen | abmelden | registrieren
    mein konto | abonnieren | abo | abonnement | jetzt abonnieren | zum abo | folgen
    folgen sie uns
    meistgelesen | am meisten gelesen | neueste | aktuell | aktuelles | eilmeldung | anzeige
    werbung
    anzeigen | gesponsert | anhören | artikel anhören | vorlesen | mehr | mehr anzeigen
    mehr laden | alle anzeigen | alles anzeigen | wird geladen | weiter | zurück | nach oben
    kontakt | impressum | datenschutz | schlagworte | schlagwörter | themen | ressorts | rubriken
    bild vergrößern | vergrößern | vollbild | schriftgröße | zur startseite | seite 1
    kommentieren
    artikel merken | artikel drucken | facebook teilen | newsletter abonnieren | wetter | feedback
    ao vivo | só áudio | compartilhar | compartilhe | partilhar | partilhe | copiar link | imprimir
    salvar | pesquisar | pesquisa | fechar | página inicial | ir para o conteúdo
    pular para o conteúdo | entrar | cadastre-se | assine | assine já | siga-nos | seguir
    mais lidas | mais lidos | mais vistas | últimas notícias | publicidade | anúncio | patrocinado
    ouvir | ver mais | ver todos | carregando | próximo | anterior | voltar | voltar ao topo
    contato
    contacto | quem somos | continua após a publicidade | continua depois da publicidade
    condividi | condividere | stampa | cerca | chiudi | accedi | abbonati | seguici | i più letti
    pubblicità | annuncio | ascolta | diretta | vai al contenuto | vedi tutti | carica altro
    salva
    delen | deel | deel dit artikel | afdrukken | zoeken | sluiten | inloggen | abonneren
    volg ons
    meest gelezen | advertentie | luister | meer | bewaren | kopieer link | word abonnee | reageer
    dela | dela artikeln | sök | stäng | logga in | prenumerera | mest läst | annons | lyssna
    läs mer
    del | lukk | søk | logg inn | bli abonnent | annonse | mest lest | søg | log ind | annonce
    mest læste | hae | kirjaudu | jaa | mainos | tilaa | udostępnij | szukaj | zaloguj
    zaloguj się
    reklama | zamknij | drukuj | posłuchaj | paylaş | ara | giriş yap | abone ol | reklam | kapat
    yazdır | поделиться | поиск | найти | войти | закрыть | реклама | печать | подписаться
    главная
    меню | показать еще | ещё | поділитися | пошук | увійти | підписатися | головна
    مشاركة | شارك | بحث | القائمة | إغلاق | تسجيل الدخول | إعلان | طباعة | الرئيسية | اشترك | استمع
    اشتراک گذاری | جستجو | 分享 | 搜索 | 搜尋 | 登录 | 登入 | 菜单 | 首页 | 首頁 | 广告 | 廣告
    打印 | 关闭
    關閉 | 收藏 | 评论 | シェア | シェアする | 検索 | ログイン | メニュー | 閉じる | ホーム
    広告 | 印刷 | 保存
    新着 | ランキング | ポスト | ブックマーク | 공유 | 공유하기 | 검색 | 로그인 | 메뉴 | 닫기
    홈 | 광고 | 인쇄
    본문 바로가기 | 글자크기 | 스크랩 | 댓글 | bagikan | cari | masuk | iklan | chia sẻ | tìm kiếm
""")

# Whole lines that head or fill the box of readers' comments.
COMMENT_LINES = phrases("""
    post with no comments | comments | comment | leave a comment | post a comment | add a comment
    add comment | leave a reply | reply | write a comment | write comment | join the conversation
    join the discussion | view comments | show comments | read comments | no comments
    no comments yet
    comments are closed | be the first to comment | be the first one to comment | your comment
    sort by | conversation | discussion | have your say | what do you think | reader comments
    nota sin comentarios | noticia sin comentarios | comentarios | comentario | comentar
    deja un comentario | dejar un comentario | deja tu comentario | escribe un comentario
    sin comentarios | ver comentarios | mostrar comentarios | añadir comentario
    commentaires | commentaire | laisser un commentaire | ajouter un commentaire
    aucun commentaire
    voir les commentaires | commenter | réagissez | réactions | vos réactions
    poster un commentaire
    kommentare | kommentar | kommentar schreiben | kommentar verfassen
    schreiben sie einen kommentar
    kommentieren | diskutieren sie mit | diskussion | keine kommentare | alle kommentare
    kommentare anzeigen | kommentare lesen | mitdiskutieren | leserkommentare | ihre meinung
    comentários | comentário | deixe um comentário | deixe seu comentário | sem comentários
    comente | nenhum comentário | ver comentários | escreva um comentário
    commenti | lascia un commento | scrivi un commento | nessun commento | reacties | reageer
    plaats een reactie | kommentarer | lämna en kommentar | skriv en kommentar | kommentoi
    kommentit
    komentarze | dodaj komentarz | skomentuj | yorumlar | yorum yap | yorum yaz | комментарии
    оставить комментарий | комментировать | коментарі | залишити коментар | تعليقات | التعليقات
    أضف تعليقا | اترك تعليقا | 评论 | 發表評論 | 发表评论 | 留言 | 我要留言 | コメント
    コメントする
    コメントを書く | 댓글 | 댓글쓰기 | komentar | bình luận
""")

# What heads a list of other stories, or stands before one link inside the text, colon or not.
RELATED_LABELS = phrases("""
    related | related articles | related article | related stories | related story | related news
    related content | related posts | related topics | related links | related coverage
    in pictures
    read also | also read | read more | read more on | read next | see also | more on this
    more on this story | more on this topic | more from | more stories | more news | up next
    other stories | other news | other articles
    you may also like | you might also like | you may like | you might like | must read
    don't miss
    recommended for you | recommended stories | recommended reading | further reading
    keep reading
    what to read next | around the web | from around the web | promoted stories | more to read
    most read | most popular | top stories | latest stories | latest news | editors' picks
    more like this
    explore more | related video | watch also | watch now | watch | listen | promoted content
    from our partners | in this article | also on
    relacionado | relacionados | relacionadas | noticias relacionadas | noticia relacionada
    artículos relacionados | contenido relacionado | lee también | lea también | leer también
    lee además | lea además | ver también | vea también | ve también | mira también | mire también
    te puede interesar | te puede gustar | te recomendamos | también te puede interesar
    también puede interesarte | le puede interesar | más noticias | más información | leer más
    más sobre este tema | no te pierdas | más en | lo más leído | sigue leyendo
    conoce más | te sugerimos
    lire aussi | à lire aussi | a lire aussi | lire également | à lire également | voir aussi
    à voir aussi | à lire | à écouter | sur le même sujet | sur le même thème
    pour aller plus loin
    articles liés | articles similaires | contenus associés | dans la même rubrique
    en savoir plus
    lire la suite | vous aimerez aussi | à découvrir | notre sélection | pour approfondir
    les plus lus
    lire le récit | lire l'entretien | lire l'analyse | lire l'enquête | lire notre enquête
    nos recommandations | ailleurs sur le web
    lesen sie auch | lesen sie hier | lesen sie mehr | auch interessant | mehr zum thema
    zum thema
    mehr dazu | mehr lesen | siehe auch | das könnte sie auch interessieren | weiterlesen
    weitere themen
    das könnte dich auch interessieren | das könnte ihnen auch gefallen | weitere artikel
    weiterführende links
    verwandte artikel | verwandte themen | passend zum thema | empfohlener inhalt | lesetipps
    lesetipp
    mehr aus | mehr von | mehr zu | weitere nachrichten | aus dem archiv | lies auch | hier lesen
    empfehlungen der redaktion | redaktionsempfehlung | mehr artikel | meistgelesen | dazu passend
    leia também | leia mais | leia ainda | veja também | veja mais | saiba mais | ler também
    ler mais
    notícias relacionadas | artigos relacionados | conteúdo relacionado | mais notícias
    assista também
    relacionadas | confira também | mais sobre | recomendadas | recomendados | mais lidas
    ver também
    leggi anche | leggi di più | vedi anche | articoli correlati | potrebbe interessarti
    correlati
    per approfondire | approfondimenti | guarda anche | lees ook | lees meer | bekijk ook | zie ook
    gerelateerd | gerelateerde artikelen | meer over | meer nieuws | aanbevolen | läs också
    läs även
    läs mer | se också | relaterat | mer om ämnet | les også | les mer | se også | læs også
    læs mere
    lue myös | lue lisää | czytaj także | czytaj też | zobacz także | zobacz też | przeczytaj także
    przeczytaj również | polecamy | powiązane | čtěte také | olvassa el | citește și
    ilgili haberler
    bunlar da ilginizi çekebilir | öne çıkanlar | читайте также | смотрите также | по теме
    материалы по теме | читать далее | читайте також | дивіться також | за темою | اقرأ أيضا
    اقرأ أيضاً | اقرأ المزيد | أخبار ذات صلة | مواضيع ذات صلة | ذات صلة | شاهد أيضا | بیشتر بخوانید
    相关新闻 | 相关阅读 | 相关报道 | 相關新聞 | 延伸閱讀 | 延伸阅读 | 推荐阅读 | 看更多 | 更多新聞
    関連記事 | 関連ニュース | 関連リンク | あわせて読みたい | 合わせて読みたい | おすすめ
    관련기사
    관련 기사 | 함께 보면 좋은 기사 | baca juga | artikel terkait | xem thêm | tin liên quan
""")

# Of those, the ones that say "read this" so plainly that a headline may follow without a colon.
RELATED_CALLS = phrases("""
    read also | also read | read next | see also | lee también | lea también | lee además
    lea además
    lire aussi | à lire aussi | a lire aussi | lire également | à lire également | voir aussi
    à voir aussi | lesen sie auch | lesen sie hier | siehe auch | lies auch | auch interessant
    mehr zum thema | leia também | leia ainda | veja também | ler também | leggi anche | vedi anche
    guarda anche | lees ook | bekijk ook | läs också | läs även | les også | læs også | lue myös
    czytaj także | czytaj też | zobacz także | zobacz też | przeczytaj także | przeczytaj również
    читайте также | смотрите также | читайте також | дивіться також | اقرأ أيضا | اقرأ أيضاً
    相关阅读 | 延伸閱讀 | 延伸阅读 | 関連記事 | あわせて読みたい | baca juga | read more on
    te puede interesar
    te recomendamos | related news | related article
""")

# Beginnings of calls to subscribe, follow, download, support.
SUBSCRIBE_PHRASES = phrases("""
    sign up for | sign up to | sign up here | subscribe to | subscribe for | subscribe here
    click here to
    get our | get the latest | get updates | get unlimited | get breaking news | stay up to date
    stay informed | enter your email | your email address | join our | follow us on | follow our
    like us on
    download our | download the | support our | support independent | already a subscriber
    thank you for reading | thanks for reading | to continue reading
    to read the rest | read the rest of this
    this article is for subscribers
    you have reached your limit | unlock this article | start your free trial | send us a tip
    share your
    by signing up | thanks for signing up | a welcome email | there was an error, please
    please provide a valid email | have a tip | got a story | got a tip | get in touch with our
    | do you have a story | find us on | listen to our
    watch our | this newsletter
    suscríbete a | suscríbase a | suscríbete para | recibe en tu correo | recibe nuestro
    recibe las noticias | regístrate para | síguenos en | sigue toda la | únete a nuestro
    descarga nuestra
    puedes seguir a | este contenido es exclusivo | para seguir leyendo | haz clic aquí
    sigue leyendo en
    abonnez-vous | inscrivez-vous | recevez | recevoir notre | suivez-nous | suivez l'actualité
    rejoignez-nous | téléchargez | cet article est réservé | la suite est réservée | il vous reste
    déjà abonné | pour lire la suite | retrouvez-nous | offrez-vous
    abonnieren sie | melden sie sich | jetzt abonnieren | bestellen sie | folgen sie uns
    folgen sie
    newsletter abonnieren | hier anmelden | zum newsletter | jetzt anmelden | laden sie
    dieser artikel ist exklusiv | diesen artikel weiterlesen | sie haben bereits ein
    weiterlesen mit
    testen sie | erhalten sie | schon abonnent | bleiben sie auf dem laufenden
    registrieren sie sich
    hier geht es zum newsletter | hier können sie | schreiben sie uns
    assine a | assine o | assine nossa | inscreva-se | receba as | receba no | receba nossa
    siga o
    siga a | siga-nos | cadastre-se para | participe do | baixe o | clique aqui | entre no canal
    acesse o canal | conteúdo exclusivo para assinantes | quer receber | quer ficar por dentro
    iscriviti alla | abbonati a | seguici su | ricevi le | clicca qui | meld je aan | abonneer je
    volg ons op | schrijf je in | ontvang | download de app | prenumerera på | följ oss | følg oss
    meld deg på | tilmeld dig | følg os | tilaa uutiskirje | zapisz się | zapraszamy do
    obserwuj nas
    abone ol | bizi takip edin | подпишитесь на | подписывайтесь на | следите за | присоединяйтесь
    підпишіться на | підписуйтесь на | стежте за | приєднуйтесь | اشترك في | تابعنا على | تابعونا
    关注我们 | 扫描二维码 | 訂閱 | 追蹤我們 | 加入好友 | 会員登録 | この記事は有料 | この記事は会員
    続きを読む | 残り | 구독 | 네이버에서 | 카카오톡
""")

# Words of a cookie or consent note.
COOKIE_PHRASES = phrases("""
    we use cookies | uses cookies | use of cookies | accept cookies | accept all cookies
    cookie settings
    cookie policy | manage cookies | your privacy choices | consent preferences
    we and our partners
    we value your privacy | personal data and privacy
    usamos cookies | utilizamos cookies | utiliza cookies | uso de cookies | aceptar cookies
    política de cookies
    nous utilisons des cookies | utilise des cookies | accepter les cookies | gérer mes cookies
    nos partenaires et nous | politique de cookies
    verwenden cookies | verwendet cookies | nutzen cookies | cookies akzeptieren
    cookie-einstellungen
    datenschutzeinstellungen | wir und unsere partner | cookies zulassen | ihre einwilligung
    a utilização de cookies | utiliza cookies | aceitar cookies | usa cookies
    utilizziamo i cookie | utilizza cookie | gebruikt cookies | gebruiken cookies
    cookies accepteren
    använder cookies | bruker informasjonskapsler | bruger cookies | käyttää evästeitä
    plików cookie
    çerez | файлы cookie | файли cookie | ملفات تعريف الارتباط
""")

# Words of a line on rights, on the agency, on the outlet itself.
ABOUT_PHRASES = phrases("""
    all rights reserved | copyright © | © copyright | copyright (c)
    may not be published, broadcast
    may not be reproduced | reproduction without | reproduction prohibited | the views expressed
    opinions expressed | views and opinions expressed | our standards | this story has been updated
    this article was originally published | this story was originally published
    terms and conditions apply
    was first published in | this story was produced by | this article is republished from
    todos los derechos reservados | derechos reservados | prohibida la reproducción
    se reserva todos los
    las opiniones expresadas | si piensa hacer uso del mismo | tous droits réservés
    droits de reproduction
    reproduction interdite | alle rechte vorbehalten | urheberrechtlich geschützt | © dpa-infocom
    transparenzhinweis | todos os direitos reservados | é proibida a reprodução
    reprodução proibida
    tutti i diritti riservati | riproduzione riservata | © riproduzione | alle rechten voorbehouden
    alla rättigheter | alle rettigheter | med ensamrätt | wszelkie prawa zastrzeżone
    tüm hakları saklıdır
    все права защищены | всі права захищені | جميع الحقوق محفوظة | 版权所有 | 版權所有 | 未经授权
    無断転載 | 無断での | 不得转载 | 責任編輯 | 责任编辑 | 무단전재 | 무단 전재 | 저작권자 | ⓒ
""")

# What heads the notes below an article: on its author, its sources, its publisher.
ENDING_LABELS = phrases("""
    about the author | about the authors | about the writer | about the reviewer | author bio
    meet the author | references | sources | article sources | source | footnotes | notes
    endnotes | works cited | bibliography | disclaimer | disclosure | disclosures
    acknowledgements | acknowledgments | about this article | about this story | more information
    republish this article | republish our articles | how to cite | citation | cite this article
    über den autor | über die autorin | über die autoren | der autor | die autorin | zur person
    quellen | quelle | literatur | literaturverzeichnis | einzelnachweise | fußnoten
    haftungsausschluss | hinweis | über diesen artikel
    sobre el autor | sobre la autora | acerca del autor | fuentes | fuente | referencias
    bibliografía | notas | aviso legal
    à propos de l'auteur | à propos de l'autrice | l'auteur | références | bibliographie
    sobre o autor | sobre a autora | fontes | fonte | referências | bibliografia
    l'autore | l'autrice | fonti | riferimenti | note | bronnen | over de auteur | källor
    om författaren | kilder | om forfatteren | źródła | źródło | o autorze
    источники | об авторе | примечания | джерела | про автора | kaynaklar | kaynak | yazar hakkında
    المصادر | المراجع | عن الكاتب | 参考文献 | 出典 | 参考资料 | 資料來源 | 来源 | 출처 | 참고문헌
""")

# Words of calls to readers: newsletters, networks, subscriptions.
CALL_WORDS = phrases("""
    newsletter | newsletters | whatsapp | whatsapp-kanal | facebook | instagram | twitter | telegram
    tiktok | youtube | podcast | subscribe | subscribed | subscriber | subscribers | subscription
    unsubscribe | signup | inbox | app | google | bluesky | cookies | affiliate
    abonnieren | abonniere | abonnement | abonnements | anmelden | folgen | postfach
    suscríbete | suscribirse | suscripción | boletín | síguenos | abonnez-vous | abonné | abonnés
    inscrivez-vous | suivez-nous | iscriviti | abbonati | abbonamento | seguici | assine
    inscreva-se | siga-nos | boletim | nieuwsbrief | abonneer | volg | nyhetsbrev | nyhetsbrevet
    nyhedsbrev | prenumerera | abonner | uutiskirje | tilaa | zapisz | subskrybuj | obserwuj
    odebírejte | hírlevél | iratkozz | abonează-te | подпишитесь | подписывайтесь | подписаться
    підписуйтесь | підпишіться | абонирайте | bülten | abone | takip | εγγραφείτε | ακολουθήστε
    اشترك | تابعنا | النشرة | सब्सक्राइब | फॉलो | langganan | ikuti | đăng
""")
UNSPACED_CALL_WORDS = tuple(
    sorted(
        phrases(
            "ニュースレター|メルマガ|フォロー|登録|订阅|訂閱|关注|關注|구독|뉴스레터|ติดตาม|สมัคร"
        )
    )
)
