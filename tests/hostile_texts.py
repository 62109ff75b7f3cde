"""What a stranger might write into a record. ``__hit`` is what a test's browser listens for."""

from __future__ import annotations

import json
from typing import Final

HTML: Final = [
    "<script>__hit(1)</script>",
    "</title><script>__hit(2)</script>",
    "--></style></textarea></noscript></template><script>__hit(3)</script>",
    "<ScRiPt src=https://evil.example/x.js></sCrIpT>",
    "<script type=application/json>{}</script><script>__hit(4)</script>",
    "<img src=x onerror=__hit(5)>",
    "<img/src=https://evil.example/pixel.png>",
    "<svg onload=__hit(6)>",
    "<svg><animate onbegin=__hit(7) attributeName=x dur=1s>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=__hit(8)&gt;">',
    "<details open ontoggle=__hit(9)>",
    "<input autofocus onfocus=__hit(10)>",
    "<body onload=__hit(11)>",
    "<iframe srcdoc='<script>parent.__hit(12)</script>'></iframe>",
    "<iframe src=javascript:parent.__hit(13)>",
    "<object data=https://evil.example/x.swf>",
    "<embed src=https://evil.example/x.svg>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import url(https://evil.example/y.css);</style>",
    "<form action=https://evil.example/><button>Go</button></form>",
    "<a href=javascript:__hit(14)>click</a>",
    "<a href='data:text/html,<script>opener.__hit(15)</script>'>click</a>",
    "<p style='background:url(https://evil.example/z.png)'>styled</p>",
    "<!-- a comment --> <![CDATA[ <script>__hit(16)</script> ]]>",
    "<!-- an open comment",
    "<? php ?> <% asp %> <!DOCTYPE html>",
    "</p></div></article></main></body></html>",
    "</script><script>__hit(17)</script>",
    "</textarea><textarea autofocus onfocus=__hit(18)>",
    "&lt;script&gt;__hit(19)&lt;/script&gt; &#60;img src=x onerror=__hit(20)&#62; &amp;lt;b&amp;gt;",
    '" onmouseover="__hit(21)" x="',
    "' onmouseover='__hit(22)' x='",
    '"><script>__hit(23)</script>',
    "'><img src=x onerror=__hit(24)>",
    "` onmouseover=`__hit(25)",
    "\\u003cscript\\u003e__hit(26)\\u003c/script\\u003e \\x3cimg src=x onerror=__hit(27)\\x3e",
    "${__hit(28)} #{__hit(29)} <%= 7*7 %> [[7*7]]",
    '"}]}</script><script>__hit(30)</script>',
]

JINJA: Final = [
    "{{ 7 * 191 }}",
    "{{ config }} {{ page.url }} {{ self }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% raw %} {% endraw %} {% for x in range(3) %}1337{% endfor %}",
    "{% include '/etc/passwd' %} {% import 'x' as y %}",
    "{# a comment of Jinja #} after the comment",
    "{{ part('collections') }} {{ record_page('sources', 'sources-0') }}",
    "{{ an_undefined_name }} {%",
    "&#123;&#123; 7 * 191 &#125;&#125; \\{\\{ 7 * 191 \\}\\}",
]

MARKDOWN: Final = [
    "[click](javascript:__hit(31))",
    "![pixel](https://evil.example/markdown.png)",
    "![pixel](x){: onerror=__hit(32) }",
    "[a reference][ref] and ![another][ref]",
    "[ref]: javascript:__hit(33)",
    "<javascript:__hit(34)> <https://evil.example/auto>",
    "{: onclick=__hit(35) .evil #evil style='color:red' }",
    'words {: onmouseover="__hit(36)" }',
    "# A heading {: #evil-heading }",
    "A heading\n=========",
    "Another heading\n---",
    "---",
    "---\ntitle: Evil\ntemplate: evil.html\n---",
    "...\n---\n",
    "```html\n<script>__hit(37)</script>\n```",
    "~~~\nfenced\n~~~",
    "    <script>__hit(38)</script>",
    "`<img src=x onerror=__hit(39)>`",
    "> a quotation\n> <svg onload=__hit(40)>",
    "| a | table |\n|---|---|\n| <svg onload=__hit(41)> | b |",
    "*[Plain]: <script>__hit(42)</script>",
    "[^1] a footnote\n\n[^1]: <script>__hit(43)</script>",
    '--8<-- "/etc/passwd"',
    ";--8<--\n/etc/passwd\n;--8<--",
    "[TOC]",
    '!!! danger "<script>__hit(44)</script>"\n    inside',
    "??? note\n    inside",
    '=== "A tab"\n    inside',
    "<div markdown=1>**bold**</div>",
    '<div markdown="block" onclick="__hit(45)">\n\n# Heading\n\n</div>',
    "***bold and emphasis*** __strong__ _em_ ~~struck~~ ==marked== ^^inserted^^",
    ":material-alert: :fontawesome-brands-x: :smile:",
    "$$\\href{javascript:__hit(46)}{x}$$ \\(x\\)",
    "http://evil.example/bare www.evil.example",
    "klzzwxh:0001 wzxhzdk:0 amp: qrtzx",
    "1. one\n2. two\n\n* three\n+ four",
    "two blanks at the end  \nand a backslash\\\nand more",
    "<!-- md:version 1 --> <!-- more -->",
    "=1+1 +1+1 -1+1 @SUM(1) |calc",
    "a<b>c &copy; &nbsp; &#0; &#x0; &#xD800; & < > \" ' ` \\",
    "%0A%0D%00 \\n \\0 %3Cscript%3E__hit(47)%3C/script%3E",
    "W" * 3000,
    "日本語 עברית العربية Ω 🇳🇵 ﷽ Z̴̙͑ͫ̓ͪ̂ͫ̽ ﬁ ｆｕｌｌ ＜script＞__hit(48)＜/script＞",
]

TEXTS: Final = [*HTML, *JINJA, *MARKDOWN]
"""Texts that must reach a page as they are, whatever field they stand in."""

SCRIPTS: Final = [
    "javascript:__hit(60)",
    "JaVaScRiPt:__hit(61)",
    " javascript:__hit(62)",
    "\tjavascript:__hit(63)",
    "java\tscript:__hit(64)",
    "java\nscript:__hit(65)",
    "javascript&colon;__hit(66)",
    "&#106;avascript:__hit(67)",
    "&#x6A;avascript:__hit(68)",
    "javascript&#58;__hit(69)",
    "java&#x0A;script:__hit(70)",
    "%6Aavascript:__hit(71)",
    "javascript%3A__hit(72)",
    "javascript:/*https://*/__hit(73)",
    "javascript://https://example.org/%0A__hit(74)",
    "data:text/html,<script>__hit(75)</script>",
    "data:text/html;base64,PHNjcmlwdD5fX2hpdCg3Nik8L3NjcmlwdD4=",
    "DATA:image/svg+xml,<svg onload=__hit(77)>",
    "vbscript:__hit(78)",
    "feed:javascript:__hit(79)",
    "view-source:javascript:__hit(80)",
    "blob:https://example.org/x",
    "file:///etc/passwd",
    "jar:https://evil.example/x!/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example\\",
    "/sources/",
    "https:evil.example",
    "https:/evil.example",
    "https://",
    "ftp://example.org/",
    "tel:+32",
    "https://example.org/\njavascript:__hit(81)",
    "https://example.org/\n",
    "javascript:__hit(82)\nhttps://example.org/",
    "https://example.org/ onclick=__hit(83)",
    'https://example.org/"onclick="__hit(84)',
    "https://example.org/<script>",
    "mailto:",
    "mailto:somebody",
]
"""What no field for a URL takes."""

URLS: Final = [
    "https://evil.example/'onclick='__hit(90)",
    "https://evil.example/`onclick=`__hit(91)",
    "https://evil.example/&quot;onclick=&quot;__hit(92)",
    "https://evil.example/{{7*191}}{%raw%}{#x#}",
    "https://evil.example/)[x](javascript:__hit(93))",
    "https://evil.example/{:onclick=__hit(94)}",
    "https://evil.example/javascript:__hit(95)",
    "https://javascript:__hit(96)@evil.example/",
    "https://evil.example/#*[x]__y__**z**~~",
    "https://evil.example/|a|b|&amp;&lt;&#60;script&#62;\\",
    "mailto:a@evil.example?subject={{7*191}}&body='onclick='__hit(97)",
]
"""URLs that a field for a URL takes, with something behind them."""


def thousands_of_spellings(folder: str, rest: str) -> dict[str, str]:
    """Return three records whose aliases fill a file each, and differ only in their ends; ``rest`` ends a record."""
    aliases = [json.dumps([f"{number}{'a' * 40}{k}" for k in range(9900)]) for number in range(3)]
    return {
        f"{folder}/p{number}.yml": f"name: '{number}'\naliases: {spellings}\n{rest}"
        for number, spellings in enumerate(aliases)
    }
