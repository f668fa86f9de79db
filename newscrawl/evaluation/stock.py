"""Words that stand around articles, in many languages, for the changes made to pages."""

from __future__ import annotations

TAXONOMIES = (
    "category-opinion tag-comment-and-debate tag-contributors",
    "post-1234 type-post category-biography tag-discussion tag-fan-contributor",
    "category-comment tag-sponsored tag-newsletter category-advertising-industry",
    "hentry category-social-media tag-comments tag-related category-most-popular",
    "post tag-cookie-law tag-footer category-promotion topic-subscription-economy",
    "tag-author-profile category-discussion tag-share-prices",
)
"""Classes that name the subjects of a post."""

MISLEADING_NAMES = (
    "paywall", "comment", "comments", "article-comment", "read-more-content", "related", "promo",
    "newsletter", "sidebar", "widget", "share", "social", "author-bio", "bio", "biography",
    "advert", "ad-container", "sponsored", "footer", "nav", "menu", "teaser", "popular", "banner",
    "modal", "overlay", "cookie", "subscribe", "discussion", "reply", "conversation", "respond",
    "contributor", "recommended", "hidden", "sr-only", "caption", "gallery", "credits", "meta",
    "tags", "copyright", "disclaimer", "embed", "infobox", "aside", "summary", "lead", "intro",
    "registration", "login", "signup", "premium-box", "more-content", "latest", "upnext", "tools",
    "carousel", "slideshow", "legal", "quote-box", "live-entry", "header", "breadcrumb", "title",
)  # fmt: skip
"""Classes that speak of something else than an article's text."""

COMPANY = (
    (
        "Since 1987 our newsroom has served readers across the region with independent reporting.",
        "The company employs 140 people at six offices and belongs to a family foundation.",
        "Our printing house offers its services to other publishers. Prices are given on request.",
    ),
    (
        "Unser Haus steht seit 1952 für unabhängigen Journalismus in der Region.",
        "Der Verlag beschäftigt 85 Menschen und gibt eine Tageszeitung und zwei Wochenblätter aus.",
        "Anzeigen nehmen wir werktags von acht bis siebzehn Uhr entgegen.",
    ),
    (
        "Desde 1974 informamos a los lectores de toda la provincia con rigor e independencia.",
        "La empresa edita tres diarios, una revista mensual y una emisora de radio.",
        "Nuestra redacción trabaja todos los días del año para ofrecer la mejor información.",
    ),
    (
        "Depuis 1961, notre rédaction informe les lecteurs de la région en toute indépendance.",
        "Le groupe emploie 210 personnes et publie deux quotidiens ainsi qu'un magazine.",
        "Nos journaux sont imprimés sur du papier issu de forêts gérées durablement.",
    ),
    (
        "Dal 1948 il nostro giornale racconta la città e il suo territorio ai lettori.",
        "La società pubblica due quotidiani e gestisce una radio locale.",
        "Gli abbonamenti si possono sottoscrivere in redazione o per telefono.",
    ),
    (
        "Jesteśmy wydawcą dzienników i tygodników lokalnych od 1990 roku.",
        "Spółka zatrudnia ponad sto osób w pięciu redakcjach.",
        "Nasze gazety docierają co tydzień do dwustu tysięcy czytelników.",
    ),
    (
        "Наше издание выходит с 1993 года и рассказывает о жизни области.",
        "В редакции работают сорок журналистов, фотографов и редакторов.",
        "Мы издаём ежедневную газету и два еженедельных приложения.",
    ),
    (
        "当社は1958年の創業以来、地域の皆さまに信頼されるニュースをお届けしてきました。",
        "本社のほか五つの支局があり、約百二十人の社員が働いています。",
        "広告の掲載については営業部までお問い合わせください。",
    ),
    (
        "本报创刊于1986年，长期致力于为本地读者提供及时准确的新闻。",
        "集团旗下有三份日报、一份周刊和一家广播电台。",
        "如需刊登广告，请在工作日与我们的业务部门联系。",
    ),
    (
        "تأسست صحيفتنا عام ١٩٧٨ وتقدم الأخبار لقرائها في أنحاء البلاد.",
        "تصدر الشركة صحيفتين يوميتين ومجلة أسبوعية.",
        "يعمل في مكاتبنا أكثر من مئة صحفي ومصور.",
    ),
    (
        "हमारा समाचार पत्र 1965 से पाठकों तक निष्पक्ष खबरें पहुँचा रहा है।",
        "कंपनी तीन दैनिक और एक साप्ताहिक पत्रिका प्रकाशित करती है।",
        "विज्ञापन के लिए हमारे कार्यालय से संपर्क करें।",
    ),
)  # fmt: skip
"""Paragraphs that publishers say of themselves."""

NEWSLETTER = (
    ("Get the morning briefing", "The stories that matter, in your inbox by seven."),
    (
        "Sign up for our newsletter",
        "A weekly selection of our best reporting, sent on Friday afternoons.",
        "By signing up you agree to our terms.",
    ),
    ("Never miss a story", "Join 40,000 readers who start the day with our free bulletin."),
    (
        "Support our journalism",
        "We depend on readers like you. Become a member from three pounds a month.",
        "Your gift helps us to keep our reporting free for all.",
    ),
    ("Der Newsletter am Morgen", "Die wichtigsten Nachrichten, jeden Morgen in Ihrem Postfach."),
    ("Jetzt weiterlesen", "Testen Sie unser Angebot vier Wochen lang für einen Euro."),
    ("Recibe nuestro boletín", "Las noticias más importantes, cada mañana en tu correo."),
    ("Suscríbete", "Accede a todos los contenidos por un euro al mes."),
    ("Recevez notre lettre du matin", "L'essentiel de l'actualité chaque jour à sept heures."),
    ("Iscriviti alla newsletter", "Ogni mattina le notizie più importanti nella tua posta."),
    ("Assine a nossa newsletter", "As principais notícias do dia, todas as manhãs no seu e-mail."),
    ("Schrijf je in voor de nieuwsbrief", "Elke ochtend het belangrijkste nieuws in je mailbox."),
    ("Få vårt nyhetsbrev", "De viktigaste nyheterna varje morgon direkt i din inkorg."),
    ("Zapisz się na newsletter", "Najważniejsze wiadomości każdego ranka w Twojej skrzynce."),
    ("Подпишитесь на рассылку", "Главные новости каждое утро на вашу почту."),
    ("Bültenimize abone olun", "Günün önemli haberleri her sabah e-posta kutunuzda."),
    ("ニュースレターに登録", "毎朝七時に主なニュースをメールでお届けします。"),
    ("订阅我们的电子报", "每天早上七点，把重要新闻送到您的邮箱。"),
    ("뉴스레터 구독하기", "매일 아침 주요 뉴스를 이메일로 보내 드립니다."),
    ("اشترك في نشرتنا البريدية", "أهم الأخبار كل صباح في بريدك الإلكتروني."),
    ("हमारे न्यूज़लेटर की सदस्यता लें", "हर सुबह मुख्य समाचार आपके इनबॉक्स में।"),
)  # fmt: skip
"""Boxes that call on readers: a heading and its lines."""

ADVERTISING = (
    "Advertisement", "Ad", "ADVERTISEMENT", "Anzeige", "Werbung", "Publicidad", "Publicité",
    "Pubblicità", "Publicidade", "Reklama", "Реклама", "広告", "广告", "광고", "إعلان", "विज्ञापन",
    "Advertentie", "Annons", "Reklam", "Story continues below advertisement",
)  # fmt: skip

POINTERS = (
    ">> LINK", "» LINK", "➔ LINK", "Read more: LINK", "Read also: LINK", "READ MORE: LINK",
    "MORE: LINK", "Also read LINK", "See also: LINK", "Related: LINK", "Lesen Sie dazu: LINK",
    "Lesen Sie auch: LINK", "Mehr zum Thema: LINK", ">> Hier finden Sie alle Nachrichten: LINK",
    "Lea también: LINK", "Lee más: LINK", "Te puede interesar: LINK", "Lire aussi : LINK",
    "À lire également : LINK", "Leggi anche: LINK", "Leia também: LINK", "Lees ook: LINK",
    "Läs också: LINK", "Les også: LINK", "Læs også: LINK", "Lue myös: LINK", "Czytaj też: LINK",
    "Zobacz także: LINK", "Čtěte také: LINK", "Olvasta már? LINK", "Citește și: LINK",
    "Читайте также: LINK", "Читайте також: LINK", "İlgili haber: LINK", "Διαβάστε επίσης: LINK",
    "関連記事：LINK", "相关阅读：LINK", "관련 기사: LINK", "اقرأ أيضا: LINK", "यह भी पढ़ें: LINK",
    "อ่านเพิ่มเติม: LINK", "Baca juga: LINK", "Xem thêm: LINK", "LINK",
    "Got a story? Get in touch with our news team by emailing us at stories@paper.example.",
    "For more stories like this, check our news page.",
    "Follow us on WhatsApp, Facebook and Instagram for the latest news.",
    "Folgen Sie unserem WhatsApp-Kanal und verpassen Sie keine Nachrichten mehr.",
    "Síguenos en nuestras redes sociales para no perderte nada.",
    "Suivez-nous sur WhatsApp pour ne rien manquer de l'actualité.",
    "Seguici su Facebook e Instagram per restare aggiornato.",
    "Do you have a tip? Contact our reporters at tips@paper.example.",
    "Haben Sie einen Hinweis für uns? Schreiben Sie an redaktion@blatt.example.",
    "This article contains affiliate links, we may be paid if you buy something.",
)  # fmt: skip
"""Lines that point elsewhere; LINK stands for a link with another story's headline."""

COMMENT_HEADINGS = (
    "Comments (N)", "N comments", "Comments", "N Comments", "Discussion", "Join the conversation",
    "Readers' comments", "Kommentare (N)", "N Kommentare", "Leserkommentare", "Comentarios (N)",
    "N comentarios", "Commentaires (N)", "N commentaires", "Commenti (N)", "N commenti",
    "Comentários (N)", "N comentários", "Reacties (N)", "N reacties", "Kommentarer (N)",
    "N kommentarer", "Kommentit (N)", "Komentarze (N)", "Komentáře (N)", "Komentari (N)",
    "Hozzászólások (N)", "Comentarii (N)", "Комментарии (N)", "Коментарі (N)", "Коментари (N)",
    "Yorumlar (N)", "Σχόλια (N)", "コメント (N)", "コメント（N件）", "评论 (N)", "評論（N）",
    "댓글 (N)", "댓글 N", "التعليقات (N)", "نظرات (N)", "תגובות (N)", "टिप्पणियाँ (N)",
    "ความคิดเห็น (N)", "Bình luận (N)", "Komentar (N)", "মন্তব্য (N)",
)  # fmt: skip
"""Headings of readers' comments; N stands for their number."""

READERS = (
    "reader0", "Old Sailor", "M. Brandt", "Kim", "anna_b", "Professor Plum", "Lucía", "jean-luc",
    "Tomasz K.", "user48213", "Марина", "さくら", "小李", "Guest", "Half Moon", "Ravi",
)  # fmt: skip

READERS_COMMENTS = (
    "I walked past it this morning and there was nobody there at all, so I do wonder who counted.",
    "We had this debate twenty years ago, with the same people, and look where it got us.",
    "Great piece, thank you. It would be good to hear what the people who live there think of it.",
    "Sorry, but this is nonsense. Anybody who has ever tried to do it knows that it takes a week.",
    "Ich finde, man hätte die Anwohner vorher fragen müssen. So etwas geht nie gut aus.",
    "Endlich sagt es mal jemand! Seit Jahren warten wir darauf, dass sich hier etwas bewegt.",
    "No estoy de acuerdo con el artículo: los vecinos llevan años pidiendo justo lo contrario.",
    "Merci pour cet article. Chez nous, c'est la même chose depuis que la mairie a changé d'avis.",
    "Io ci abito da trent'anni e posso dire che le cose non stanno affatto così come scrivete.",
    "А почему никто не спросил тех, кто там живёт? Опять всё решили без нас.",
    "これはひどい話ですね。もっと早く対応できなかったのでしょうか。",
    "说得很好，希望有关部门能看到这篇文章，尽快解决问题。",
)
