"""Words of articles that are spread over several pages: in link texts, and in addresses."""

from __future__ import annotations

from newscrawl.text.vocabulary.notation import phrases

# Link texts that lead on, but not surely to a page of the same article.
NEXT_LABELS = phrases("""
    next | continue | continued | continue reading | keep reading | read on | read more | more
    read the rest | read full story | read full article | read the full story
    siguiente | continuar | seguir leyendo | sigue leyendo | continuar leyendo | leer más
    suivant | suivante | suite | la suite | lire la suite | continuer la lecture
    weiter | weiterlesen | weiter lesen | mehr lesen | nächste
    próximo | próxima | seguinte | continue lendo | continuar lendo | continuar a ler | leia mais
    avanti | successivo | successiva | continua | continua a leggere | leggi tutto
    volgende | verder | lees verder | verder lezen | nästa | fortsätt läsa | läs vidare | läs mer
    neste | les videre | les mer | næste | læs videre | læs mere | seuraava | jatka lukemista
    lue lisää
    następna | następny | dalej | czytaj dalej | další | číst dál | pokračování | ďalej
    következő | tovább | următoarea | continuare | επόμενη | συνέχεια | sonraki | devamı
    devamını oku | далее | следующая | вперед | вперёд | читать далее | продолжение | далі
    наступна | читати далі | التالي | التالية | تابع القراءة | أكمل القراءة | بعدی | ادامه
    ادامه مطلب | 下一页 | 下一頁 | 下页 | 后页 | 继续阅读 | 繼續閱讀 | 次へ | つづき | 続き
    続きを読む | 続きはこちら | つづきを読む | 다음 | 계속 | 계속 읽기 | 더 보기 | selanjutnya
    berikutnya | lanjut | baca selanjutnya | tiếp | tiếp theo | xem tiếp | अगला | आगे पढ़ें
""")

# Link texts that name the next page.
NEXT_PAGE_LABELS = phrases("""
    next page | go to next page | to next page | to the next page | on the next page
    continued on next page
    página siguiente | siguiente página | próxima página | página seguinte | seguinte página
    page suivante | la page suivante | nächste seite | zur nächsten seite | auf der nächsten seite
    weiter zur nächsten seite | weiter auf der nächsten seite | folgende seite
    pagina successiva | prossima pagina | pagina seguente | volgende pagina | nästa sida
    neste side | næste side | seuraava sivu | następna strona | další strana | další stránka
    ďalšia strana | következő oldal | pagina următoare | επόμενη σελίδα | sonraki sayfa
    следующая страница | наступна сторінка | الصفحة التالية | صفحه بعد | صفحه بعدی
    下一页 | 下一頁 | 次のページ | 次ページ | 次のページへ | 次ページへ
    다음 페이지 | 다음페이지 | halaman selanjutnya
    halaman berikutnya | trang sau | trang tiếp | trang tiếp theo | अगला पृष्ठ
""")

# Link texts that promise the whole article on one page.
SINGLE_PAGE_LABELS = phrases("""
    view all on one page | view on one page | view as one page | view as single page | single page
    single page view | view single page | single-page view | one page | show all on one page
    read on one page | read on a single page | read as single page | all on one page
    show full article | view full article | show all pages | view all pages | all pages
    full article on one page | view as a single page
    ver en una sola página | ver en una página | en una sola página | leer en una sola página
    todo en una página | ver todo en una página | artículo completo | ver artículo completo
    sur une seule page | sur une page | afficher sur une seule page | lire sur une seule page
    afficher sur une page | article complet | tout afficher sur une page
    auf einer seite | auf einer seite lesen | artikel auf einer seite lesen
    artikel auf einer seite | artikel auf einer seite anzeigen | alles auf einer seite
    auf einer seite anzeigen | komplettansicht | gesamtansicht | ganzen artikel anzeigen
    ganzer artikel | gesamter artikel | alle seiten | auf einer seite darstellen
    em uma página | em uma só página | ver em uma página | numa só página | artigo completo
    in una sola pagina | su una sola pagina | leggi in una pagina | tutto in una pagina
    articolo completo | op één pagina | alles op één pagina | lees op één pagina | op 1 pagina
    på en sida | visa på en sida | visa allt på en sida | på én side | vis på én side
    vis alt på en side | yhdellä sivulla | na jednej stronie | pokaż na jednej stronie
    wszystko na jednej stronie | na jedné stránce | egy oldalon | tek sayfada göster | tek sayfa
    на одной странице | показать на одной странице | на одній сторінці | في صفحة واحدة
    عرض في صفحة واحدة | 全文 | 阅读全文 | 閱讀全文 | 在一页阅读 | 单页阅读 | 单页显示 | 余下全文
    显示全文 | 全文表示 | 全文を表示 | 全文を読む | 1ページで読む | 1ページで表示 | 一括表示
    全文表示する | すべて表示 | 한 페이지로 보기 | 전체보기 | 기사 전체보기 | tampilkan semua
    baca semua dalam satu halaman | xem toàn bộ
""")

# What stands beside the number of a page: "page 2", "Seite 2", "2ページ".
PAGE_WORDS = phrases("""
    page | página | pagina | seite | pág | pag | sida | side | sivu | strona | strana | stránka
    oldal | σελίδα | sayfa | страница | стр | сторінка | صفحة | الصفحة | صفحه | 第 | ページ | 頁
    页 | 페이지 | 쪽 | halaman | trang | पृष्ठ
""")

# Parameters and path steps that hold the number of a page.
PAGE_PARAMETERS = phrases("""
    page | pages | p | pg | pag | pagina | paged | pageno | page_no | page-no | pagenum
    page_num | pagenumber | page_number | currentpage | current_page | cur_page
    article_page | articlepage | seite | seitennr | artikelseite | sida | side | sivu | strona
    str | strana | sayfa | stranitsa | halaman | hal | trang | oldal | start | limitstart
""")

# Parameters that count from 0: "start=1" is the second page.
FROM_ZERO = phrases("start | limitstart")

# Path steps, and values and names of parameters, of the whole article on one page.
WHOLE_STEPS = phrases("""
    all | alle | viewall | view-all | view_all | showall | show-all | show_all | single
    singlepage | single-page | single_page | onepage | one-page | one_page | full | fullpage
    full-page | full_page | complete | komplettansicht | gesamt | komplett | completo | completa
    todo | tout | tutto | integrale | allpages | all-pages
""")
