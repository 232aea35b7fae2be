from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marriage.booking.no_show_bans import Act, BanRule, Event, find_ban

# As used in Guangdong: 2 no-shows, 5 cancellations, 1 + 2 in 180 days; 3 cancellations in 30.
RULES = [
    BanRule(2, 0, 180),
    BanRule(0, 5, 180),
    BanRule(1, 2, 180),
    BanRule(0, 3, 30),
]
START = date(2026, 1, 1)


def events(text):
    """ "n0 c30": a no-show on day 0 and a cancellation on day 30."""
    kinds = {"n": Act.NO_SHOW, "c": Act.CANCELLED}
    return [Event(kinds[word[0]], START + timedelta(days=int(word[1:]))) for word in text.split()]


@pytest.mark.parametrize(
    ("history", "day", "until"),
    [
        ("", 0, None),
        ("n0", 0, None),
        ("n0 n179", 179, 359),
        ("n0 n180", 180, None),
        ("n0 n10", 190, 190),
        ("n0 n10", 191, None),
        ("n0 n10 n100", 191, 280),
        ("c0 c31 c62 c93", 93, None),
        ("c0 c31 c62 c93 c124", 124, 304),
        ("n0 c40 c80", 80, 260),
        ("c0 c40 n80", 80, 260),
        ("n0 c40", 80, None),
        ("c0 c15 c29", 29, 209),
        ("c0 c15 c30", 30, None),
        ("c29 c0 c15", 29, 209),
    ],
)
def test_by_hand(history, day, until):
    ban = find_ban(events(history), RULES, 180, START + timedelta(days=day))
    assert (ban and (ban.until - START).days) == until


def test_the_reason_and_the_end_are_told():
    ban = find_ban(events("n0 n10"), RULES, 180, START + timedelta(days=20))
    assert ban.reason == "180天内爽约2次"
    assert ban.message.startswith(
        "因180天内爽约2次，2026年7月10日（含当日）前不能网上预约，2026年7月11日起可以再次预约。"
    )
    mixed = find_ban(events("n0 c10 c20"), RULES, 180, START + timedelta(days=20))
    assert mixed.reason == "180天内爽约1次、取消预约2次"


def test_what_lies_ahead_does_not_count_yet():
    assert find_ban(events("n0 n10"), RULES, 180, START + timedelta(days=9)) is None


def test_a_cancellation_does_not_renew_a_ban_for_no_shows():
    ban = find_ban(events("n0 n10 c20"), RULES, 180, START + timedelta(days=20))
    assert (ban.until - START).days == 190


def test_rules_can_be_switched_off():
    assert find_ban(events("n0 n1"), RULES, 0, START + timedelta(days=2)) is None
    assert find_ban(events("n0 n1"), [], 180, START + timedelta(days=2)) is None
    assert find_ban(events("n0"), [BanRule(0, 0, 180)], 180, START) is None


histories = st.lists(
    st.builds(
        Event,
        st.sampled_from(list(Act)),
        st.integers(0, 400).map(lambda number: START + timedelta(days=number)),
    ),
    max_size=12,
)
days = st.integers(0, 700).map(lambda number: START + timedelta(days=number))


@given(histories, days)
def test_a_ban_is_deserved_and_in_force(history, today):
    ban = find_ban(history, RULES, 180, today)
    if ban is None:
        return
    assert ban.since <= today <= ban.until == ban.since + timedelta(days=180)
    span = [
        event.act for event in history if 0 <= (ban.since - event.on).days < ban.rule.window_days
    ]
    assert span.count(Act.NO_SHOW) >= ban.rule.no_shows
    assert span.count(Act.CANCELLED) >= ban.rule.cancellations


@given(histories, days, st.randoms())
def test_the_order_in_which_acts_are_given_does_not_matter(history, today, random):
    shuffled = list(history)
    random.shuffle(shuffled)
    first, second = (find_ban(acts, RULES, 180, today) for acts in (history, shuffled))
    assert (first and first.until) == (second and second.until)


@given(histories, days)
def test_a_clean_half_year_ends_every_ban(history, today):
    if all((today - event.on).days > 180 for event in history):
        assert find_ban(history, RULES, 180, today) is None


@given(histories, days, st.sampled_from(list(Act)))
def test_one_more_offence_never_shortens_a_ban(history, today, act):
    before = find_ban(history, RULES, 180, today)
    after = find_ban([*history, Event(act, today)], RULES, 180, today)
    if before:
        assert after.until >= before.until
