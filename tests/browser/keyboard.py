"""Moving through a page with the keyboard alone, as its users do."""


def tab_to(page, text: str) -> None:
    """Press Tab until the element that says `text` has the focus, as a keyboard user would."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement; const l = e.labels && e.labels[0];"
            "return (l ? l.innerText : e.innerText || '') }"
        )
        if text in focused:
            return
    raise AssertionError(f"No way by keyboard to {text!r} on {page.url}")


def press(page, text: str) -> None:
    tab_to(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def tick(page, text: str) -> None:
    tab_to(page, text)
    page.keyboard.press("Space")


def type_into(page, label: str, text: str) -> None:
    tab_to(page, label)
    page.keyboard.insert_text(text)
