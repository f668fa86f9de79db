"""Words that tell who speaks to whom: an article, a shop, a manual, a person."""

from __future__ import annotations

# Words of calls, offers, disclosures: an article has few of them, what stands around it many.
OFFER_WORDS = frozenset(
    """
    subscribe subscribers subscriber subscription subscriptions newsletter newsletters inbox signup
    sign register registered login account email e-mail download app affiliate commission
    commissions disclaimer disclosure copyright rights reserved privacy cookies cookie consent
    advertiser advertisers advertising sponsored sponsor republish permission editorial editors
    follow facebook twitter instagram linkedin whatsapp telegram youtube tiktok podcast click here
    contact form submit quote discount shipping offer offers deal deals buy shop cart checkout free
    trial demo learn visit join donate support membership members
    abonnieren abonnement abo anmelden kostenlos jetzt hier rabatt angebot angebote anzeige
    provision whatsapp-kanal datenschutz einwilligung leserinnen
    suscríbete suscripción suscriptores boletín boletines regístrate gratis síguenos descarga oferta
    abonnez-vous inscrivez-vous abonnés gratuit gratuitement offre téléchargez cliquez
    assine assinante assinantes cadastre-se inscreva-se grátis siga clique
    iscriviti abbonati abbonamento gratis offerta seguici clicca
    abonneer abonnee aanmelden gratis prenumerera prenumerant gratis abonner abonnement
    подписывайтесь подпишитесь подписка реклама
    """.split()
)

# Words that speak to the reader, or of those who publish.
ADDRESSING_WORDS = frozenset(
    """
    you your you're you'll we our us we're my me i'm
    sie ihr ihre ihren ihnen wir uns unser unsere unseren du dein deine dich dir
    tú tu tus usted ustedes su nosotros nuestro nuestra nuestros nuestras nos te
    vous votre vos nous notre você vocês seu sua nosso nossa
    voi vostro vostra noi nostro nostra ti tuo tua je jouw uw u wij ons onze
    du din ditt dina vi vår våra vårt deg dig dere jer vores вы вас вам ваш ваши мы нас наш наши
    """.split()
)

# Of those, the ones that speak to the reader, and the ones of a firm that speaks of itself.
SECOND_PERSON = frozenset(
    """
    you your you're you'll sie ihr ihre ihnen du dein usted su tu vous votre você seu
    """.split()
)
FIRST_PERSON_PLURAL = frozenset(
    """
    we our us we're wir uns unser unsere nosotros nuestro nuestra nous notre nós nosso nossa
    """.split()
)

# One who writes of himself or herself.
FIRST_PERSON = frozenset(
    """
    i me my i'm i've i'd ich mir mich mein meine yo mi je j'ai mon ma io mio eu meu jag jeg
    """.split()
)

# Words of reports: somebody said so.
SAYING_WORDS = frozenset(
    """
    said said, said. says says, told according reported reports announced sagte sagte, sagt dijo
    dice según dit selon disse segundo secondo ha säger sa zei volgens powiedział сообщил сказал
    сообщила заявил повідомив قال قالت وقال وقالت أكد وأكد أضاف وأضاف أعلن أعلنت وأوضح گفت söyledi
    dedi belirtti mengatakan ujar kata
    """.split()
)
