"""What of a page is converted, and what stays byte for byte."""

import pytest

from home.traditional.pages import page_in_traditional
from home.traditional.text import Forms


@pytest.mark.parametrize(
    ("page", "converted"),
    [
        ('<html lang="zh-CN" data-elderly>', '<html lang="zh-Hant" data-elderly>'),
        ("<p>婚姻登记</p>", "<p>婚姻登記</p>"),
        ("<title>办事</title>", "<title>辦事</title>"),
        ("<p>a &lt; 户 &amp; 头发</p>", "<p>a &lt; 戶 &amp; 頭髮</p>"),
        ('<img src="/图.png" alt="办事大厅">', '<img src="/图.png" alt="辦事大廳">'),
        ("<img alt='办事 \"大厅\"'>", "<img alt='辦事 \"大廳\"'>"),
        ("<abbr title=街道>x</abbr>", "<abbr title=街道>x</abbr>"),
        ('<a href="?q=头发" title="头发">头发</a>', '<a href="?q=头发" title="頭髮">頭髮</a>'),
        ('<input placeholder="输入" value="头发">', '<input placeholder="輸入" value="头发">'),
        ('<td data-label="说明" data-name="说明">', '<td data-label="說明" data-name="说明">'),
        ('<meta name="description" content="办事">', '<meta name="description" content="辦事">'),
        ('<meta property="og:title" content="办事">', '<meta property="og:title" content="辦事">'),
        ('<option value="结婚">结婚</option>', '<option value="结婚">結婚</option>'),
        (
            "<svg><title>图</title><text>图</text></svg>",
            "<svg><title>圖</title><text>圖</text></svg>",
        ),
        ("头发", "頭髮"),
    ],
)
def test_what_people_read_is_converted(page, converted):
    assert page_in_traditional(page) == converted


@pytest.mark.parametrize(
    "page",
    [
        "<textarea>头发</textarea>",
        "<script>const a = '头发 <b>';</script>",
        '<script type="application/ld+json">{"name": "办事"}</script>',
        "<style>a::after { content: '头发' }</style>",
        "<template><p>头发</p></template>",
        "<!-- 头发 -->",
        "<!doctype html>",
        '<p translate="no">头发<b>头发<p>头发</p></b>头发</p>',
        '<button lang="zh-Hans">简体</button>',
        "<code>头发</code><pre>头发</pre><kbd>头发</kbd>",
        '<input type="hidden" name="a" value="头发">',
        '<button name="头发" value="头发" id="头发" class="头发"></button>',
        '<meta name="author" content="办事">',
        '<input translate="no" placeholder="头发">',
        "<select><option>头发</option></select>",
        "<p>Haizhu</p>",
        "",
        "< 3 <",
    ],
)
def test_everything_else_stays(page):
    assert page_in_traditional(page) == page


def test_what_follows_an_element_that_stays_is_converted():
    page = '<p translate="no">头<br>发</p><p>头发</p><input lang="en"><option>头发</option>头发'
    assert page_in_traditional(page) == (
        '<p translate="no">头<br>发</p><p>頭髮</p><input lang="en"><option>头发</option>頭髮'
    )


def test_no_phrase_crosses_a_tag():
    assert page_in_traditional("<li>理</li><li>发展</li>") == "<li>理</li><li>發展</li>"


def test_the_title_quotes_what_was_typed():
    page = "<title>“头发”的搜索结果</title><p>头发</p>"
    assert page_in_traditional(page, typed=["头发"]) == "<title>“头发”的搜索結果</title><p>頭髮</p>"


def test_a_form_of_the_list_cannot_bring_markup():
    forms = Forms({"头发": "<b>"})
    assert page_in_traditional("<p>头发</p>", forms) == "<p>&lt;b&gt;</p>"


@pytest.mark.parametrize("page", ["<p>头发\x1f</p><p>头发</p>", "<p>\x1f头发</p>"])
def test_odd_characters_shift_nothing(page):
    assert page_in_traditional(page) == page.replace("头发", "頭髮")


@pytest.mark.parametrize("page", ['<p title="' + "<" * 20000, "<p " * 20000, "<!--" * 20000])
def test_broken_pages_come_back(page):
    assert page_in_traditional(page) == page
