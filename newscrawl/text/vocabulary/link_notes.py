"""Words that tell users of screen readers what a link does: ", opens new tab"."""

from __future__ import annotations

import re
from functools import lru_cache

from newscrawl.text.cleaning import fold
from newscrawl.text.vocabulary.notation import phrases

LINK_NOTES = phrases("""
    opens new tab | opens a new tab | opens in new tab | opens in a new tab | opens new window
    opens a new window | opens in new window | opens in a new window | open in new tab
    open in a new tab | open in new window | open in a new window | link opens in a new window
    link opens in a new tab | external link | link is external | opens in external site
    öffnet neues Fenster | öffnet ein neues Fenster | öffnet in neuem Fenster | neues Fenster
    öffnet in einem neuen Fenster | öffnet in neuem Tab | öffnet in einem neuen Tab
    öffnet neuen Tab | Link öffnet in neuem Fenster | externer Link
    wird in neuem Tab geöffnet | wird in neuem Fenster geöffnet | nouvelle fenêtre
    nouvel onglet | ouvre une nouvelle fenêtre | ouvre un nouvel onglet
    s'ouvre dans une nouvelle fenêtre | s'ouvre dans un nouvel onglet | lien externe
    ouverture dans une nouvelle fenêtre | ouverture dans un nouvel onglet
    se abre en una ventana nueva | se abre en una nueva ventana | abre en una nueva ventana
    abre en nueva ventana | se abre en una nueva pestaña | se abre en una pestaña nueva
    abre en nueva pestaña | enlace externo | s'obre en una finestra nova | enllaç extern
    abre numa nova janela | abre em nova janela | abre em uma nova janela | abre em nova aba
    abre em uma nova aba | abre num novo separador | link externo | ligação externa
    apre una nuova finestra | si apre in una nuova finestra | si apre in una nuova scheda
    apre in una nuova scheda | collegamento esterno | link esterno | opent in nieuw venster
    opent in een nieuw venster | opent in nieuw tabblad | opent in een nieuw tabblad
    externe link | öppnas i nytt fönster | öppnas i ett nytt fönster | öppnas i ny flik
    extern länk | åbner i nyt vindue | åbner i et nyt vindue | åbner i ny fane | eksternt link
    åpnes i nytt vindu | åpner i nytt vindu | åpnes i ny fane | åpner i ny fane
    ekstern lenke | avautuu uuteen ikkunaan | avautuu uudessa ikkunassa
    avautuu uuteen välilehteen | avautuu uudessa välilehdessä | ulkoinen linkki
    otwiera się w nowym oknie | otwiera się w nowej karcie | otworzy się w nowym oknie
    otworzy się w nowej karcie | link zewnętrzny | otevře se v novém okně
    otevře se v nové záložce | otevře se na nové kartě | externí odkaz
    otvorí sa v novom okne | otvorí sa na novej karte | externý odkaz | új ablakban nyílik meg
    új lapon nyílik meg | külső hivatkozás | se deschide într-o fereastră nouă
    se deschide într-o filă nouă | link extern | ανοίγει σε νέο παράθυρο
    ανοίγει σε νέα καρτέλα | εξωτερικός σύνδεσμος | yeni sekmede açılır
    yeni pencerede açılır | harici bağlantı | откроется в новом окне
    открывается в новом окне | откроется в новой вкладке | открывается в новой вкладке
    внешняя ссылка | відкриється в новому вікні | відкривається в новому вікні
    відкривається в новій вкладці | 新しいタブで開く | 新しいタブで開きます
    新しいウィンドウで開く | 新しいウィンドウで開きます
    新規ウィンドウで開く | 新規タブで開く | 別ウィンドウで開く | 別ウィンドウで開きます
    別タブで開く | 別タブで開きます | 外部サイト | 外部リンク
    在新窗口打开 | 在新窗口中打开 | 在新标签页打开 | 在新标签页中打开 | 新窗口打开 | 外部链接
    在新視窗開啟 | 在新視窗中開啟 | 在新分頁開啟 | 另開新視窗
    另開視窗 | 外部連結 | 새 창에서 열림 | 새 창 열림 | 새창 열림 | 새창열림 | 새 탭에서 열림
    새 창으로 열기 | 외부 링크
    يفتح في نافذة جديدة | يفتح في علامة تبويب جديدة | رابط خارجي | در پنجره جدید باز می‌شود
    در زبانه جدید باز می‌شود | پیوند خارجی | נפתח בחלון חדש | נפתח בכרטיסייה חדשה
    קישור חיצוני | नई विंडो में खुलता है | नए टैब में खुलता है | बाहरी लिंक
    เปิดในหน้าต่างใหม่ | เปิดในแท็บใหม่ | ลิงก์ภายนอก | mở trong cửa sổ mới | mở trong tab mới
    mở trong thẻ mới | liên kết ngoài | buka di jendela baru | terbuka di jendela baru
    buka di tab baru | terbuka di tab baru | tautan eksternal
""")
"""As sites and the guides to accessibility have them, folded."""

_LONGEST = 80
_AROUND = " \t\r\n\xa0,.;:–—-()[]（）【】「」、。"
_BETWEEN = re.compile(r"\s*[,;、，–—-]\s+|[、，]|\s+[–—-]\s+")
_IN_BRACKETS = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]{5,80})[)\]）】]\s*\Z")


@lru_cache(maxsize=5_000)
def is_link_note(text: str) -> bool:
    """Return whether a text only says how a link opens, or that it leads elsewhere.

    >>> is_link_note(" (externer Link, öffnet neues Fenster)"), is_link_note("new tab pages")
    (True, False)
    """
    inner = text.strip(_AROUND)
    if not 4 <= len(inner) <= _LONGEST:
        return False
    return all(fold(part).strip(_AROUND) in LINK_NOTES for part in _BETWEEN.split(inner) if part)


def without_link_note(text: str) -> str:
    """Return the text of a link without the note in brackets at its end.

    >>> without_link_note("the minutes (opens in a new window)")
    'the minutes'
    """
    found = _IN_BRACKETS.search(text)
    return text[: found.start()] if found and is_link_note(found[1]) else text
