"""The words of the site that are not those of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assess.i18n import Lang

HTML_LANGS: Final[Mapping[Lang, str]] = {"zh": "zh-CN", "en": "en"}

TITLES: Final[Mapping[Lang, str]] = {
    "zh": "assess：网络安全自查",
    "en": "assess: network security self-assessment",
}

THEME_WORDS: Final[Mapping[Lang, Mapping[str, Any]]] = {
    "zh": {
        "twin": "English",
        "languages": "语言",
        "pages": "全部页面",
        "contents": "本页内容",
        "neighbours": "前后页",
        "theme": {
            "Toggle site navigation sidebar": "显示或隐藏全部页面",
            "Toggle table of contents sidebar": "显示或隐藏本页内容",
            "Toggle Light / Dark / Auto color theme": "切换配色：浅色、深色、随系统",
            "Skip to content": "跳到正文",
            "Back to top": "回到顶部",
            "On this page": "本页内容",
            "Next": "下一页",
            "Previous": "上一页",
            "Home": "首页",
            "Toggle navigation of ": "展开或收起：",
        },
        "script": {"count": "{} 处"},
    },
    "en": {
        "twin": "中文",
        "languages": "Language",
        "pages": "All pages",
        "contents": "On this page",
        "neighbours": "Next and previous page",
        "theme": {},
        "script": {"count": "found {} times"},
    },
}
"""`theme`: the words of the theme, which has no Chinese ones. `script`: those of `site.js`."""
