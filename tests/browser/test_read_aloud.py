"""The page is read aloud with a voice of the device, sentence by sentence."""

import pytest
from playwright.sync_api import expect

from home.models import PlainPage
from tests.home.factories import make_home, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A browser whose voices are `VOICES`: what it is told to say is in `said`, and `finish()` ends it.
STUB = """
  window.said = [];
  let current = null;
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  const stub = Object.assign(new EventTarget(), {
    getVoices: () => VOICES,
    speak: (utterance) => { current = utterance; said.push(utterance.text); },
    cancel: () => { const old = current; current = null; old?.dispatchEvent(new Event("error")); },
  });
  Object.defineProperty(window, "speechSynthesis", { value: stub });
  window.finish = () => { const old = current; current = null; old.dispatchEvent(new Event("end")); };
  window.marked = () => [...CSS.highlights.get("reading")].map(String).join("|");
"""
OWN = "[{ lang: 'en-US', localService: true }, { lang: 'zh-CN', localService: true }]"
BODY = """<p>先约时间，<b>再到</b>窗口。带身份证！电话020-84440001。</p>
<ul><li>只要一次</li></ul><p>2026-12-01起。</p>"""


@pytest.fixture
def address(db):
    body = [{"type": "paragraph", "value": BODY}]
    return publish(make_home(), PlainPage(slug="how", title="怎么办", body=body)).url


def opened(page, address: str, voices: str):
    page.add_init_script(STUB.replace("VOICES", voices))
    page.goto(address)
    return page.get_by_role("button", name="朗读本页")


def test_each_sentence_is_read_and_marked(page, address):
    opened(page, address, OWN).click()
    sentences = [
        "怎么办",
        "先约时间，再到窗口。",
        "带身份证！",
        "电话020-84440001。",
        "只要一次",
        "2026-12-01起。",
    ]
    for sentence in sentences:
        assert page.evaluate("marked()") == sentence
        page.evaluate("finish()")
    said = page.evaluate("said")
    assert said == [
        *sentences[:3],
        "电话0 2 0   8 4 4 4 0 0 0 1。",
        sentences[4],
        "2026年12月1日起。",
    ]
    assert page.evaluate("marked()") == ""
    expect(page.get_by_role("button", name="停止")).to_have_count(0)


def test_it_pauses_goes_on_with_the_sentence_and_stops(page, address):
    start = opened(page, address, OWN)
    start.click()
    page.evaluate("finish()")
    pause = page.get_by_role("button", name="暂停")
    expect(pause).to_be_focused()
    pause.click()
    assert page.evaluate("said").count("先约时间，再到窗口。") == 1
    page.get_by_role("button", name="继续").click()
    assert page.evaluate("said").count("先约时间，再到窗口。") == 2
    page.keyboard.press("Escape")
    assert page.evaluate("marked()") == ""
    expect(start).to_be_focused()


@pytest.mark.parametrize(
    "voices", ["[]", "[{ lang: 'en-US', localService: true }]", "[{ lang: 'zh-CN' }]"]
)
def test_without_a_chinese_voice_of_the_device_there_is_no_button(page, address, voices):
    expect(opened(page, address, voices)).to_have_count(0)


def test_a_voice_that_comes_late_is_offered_without_a_shift(page, address):
    button = opened(page, address, "(window.late ?? [])")
    before = page.locator("h1").bounding_box()
    page.evaluate(f"window.late = {OWN}; speechSynthesis.dispatchEvent(new Event('voiceschanged'))")
    expect(button).to_have_count(1)
    assert page.locator("h1").bounding_box() == before
