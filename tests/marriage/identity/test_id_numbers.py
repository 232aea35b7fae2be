from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from home.personal_data.masking import mask_mail, mask_name, mask_phone
from marriage.identity.id_numbers import (
    IdentityError,
    Kind,
    Sex,
    age_problem,
    birthday_in,
    check_character,
    mask_id,
    parse,
)

TODAY = date(2026, 11, 23)
# The example of the standard itself, GB 11643-1999.
STANDARD = "11010519491231002X"


def made(place="440105", born="19900101", sequence="001"):
    return (first := f"{place}{born}{sequence}") + check_character(first)


def test_the_example_of_the_standard_is_read():
    person = parse(STANDARD, TODAY)
    assert (person.number, person.sex, person.kind) == (STANDARD, Sex.WOMAN, Kind.MAINLAND)
    assert person.birth_date == date(1949, 12, 31)
    assert person.tail == "002X"


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        " 110105 19491231 002x ",
        "110105-19491231-002X",
        "110105　19491231\u200b002ｘ\n",
        "११०१०५१९४९१२३१००२X",
        "身份证：11010519491231002Х",
    ],
)
def test_spellings_of_one_number_are_the_same(typed):
    assert parse(typed, TODAY).number == STANDARD


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "请输入身份证号码"),
        ("   ", "请输入身份证号码"),
        ("11010519491231002", "请输入18位身份证号码，您输入了17位"),
        ("1" * 10_000, "请输入18位身份证号码，您输入了10000位"),
        ("110105491231002", "15位的旧号码已停用，请输入18位身份证号码"),
        ("1101051949123100O1", "身份证号码第17位应为数字，您输入了“O”"),
        ("11010519491231002Y", "身份证号码最后一位应为数字或X，您输入了“Y”"),
        ("110105194912310021", "身份证号码的最后一位与前17位对不上，请逐位核对"),
        ("110105194913310020", "身份证号码第7至14位不是有效的出生日期，请逐位核对"),
        ("110105202702300020", "身份证号码第7至14位不是有效的出生日期，请逐位核对"),
        ("990105194912310020", None),
        ("000105194912310020", "身份证号码前6位不是有效的地区代码，请逐位核对"),
        ("810001194912310020", "身份证号码前6位不是有效的地区代码，请逐位核对"),
        ("1101051949123100²9", "身份证号码的最后一位与前17位对不上，请逐位核对"),
    ],
)
def test_each_fault_says_what_to_do(typed, message):
    with pytest.raises(IdentityError) as caught:
        parse(typed, TODAY)
    if message:
        assert caught.value.message == message


def test_nobody_is_born_tomorrow():
    assert parse(made(born="20261123"), TODAY).birth_date == TODAY
    with pytest.raises(IdentityError):
        parse(made(born="20261124"), TODAY)


@pytest.mark.parametrize(
    ("place", "kind"),
    [("810000", Kind.HONG_KONG), ("820000", Kind.MACAO), ("830000", Kind.TAIWAN)],
)
def test_residence_permits_are_read_and_need_a_special_office(place, kind):
    person = parse(made(place=place), TODAY)
    assert person.kind is kind
    assert person.needs_special_office
    assert not parse(made(), TODAY).needs_special_office


def test_sex_is_the_parity_of_the_sequence():
    assert parse(made(sequence="001"), TODAY).sex is Sex.MAN
    assert parse(made(sequence="002"), TODAY).sex is Sex.WOMAN


@given(
    st.sampled_from(["440105", "110105", "650102", "810000"]),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(1, 999),
    st.integers(0, 16),
    st.integers(1, 9),
)
def test_any_single_wrong_digit_is_noticed(place, born, sequence, position, shift):
    number = made(place, born.strftime("%Y%m%d"), f"{sequence:03}")
    assert parse(number, TODAY).birth_date == born
    wrong = str((int(number[position]) + shift) % 10)
    with pytest.raises(IdentityError):
        parse(number[:position] + wrong + number[position + 1 :], TODAY)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_words(text):
    with pytest.raises(IdentityError, match=r".+"):
        parse(text, TODAY)


def test_age_is_counted_on_the_day_of_the_appointment():
    man = parse(made(born="20041201", sequence="001"), TODAY)
    assert "2026年12月1日起可以登记" in age_problem(man, date(2026, 11, 30), 22, 20)
    assert "男方须年满22周岁" in age_problem(man, date(2026, 11, 30), 22, 20)
    assert age_problem(man, date(2026, 12, 1), 22, 20) == ""
    woman = parse(made(born="20061201", sequence="002"), TODAY)
    assert "女方须年满20周岁" in age_problem(woman, date(2026, 11, 30), 22, 20)
    assert age_problem(woman, date(2026, 12, 1), 22, 20) == ""


def test_born_on_leap_day_comes_of_age_at_the_end_of_february():
    assert birthday_in(date(2004, 2, 29), 22) == date(2026, 2, 28)
    assert birthday_in(date(2004, 2, 29), 24) == date(2028, 2, 29)


def test_masks():
    assert mask_id("440105199001010017") == "440*************17"
    assert mask_id("123") == "***"
    assert mask_id("") == ""
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("66123456") == "******56"
    assert mask_phone("12") == "**"
    assert mask_phone("+85261234567") == "+852 *****567"
    assert mask_phone("+886912345678") == "+886 ******678"
    assert mask_phone("+447911123456") == "+44 *******456"
    assert mask_phone("+12025550123") == "+1 *******123"
    assert mask_phone("+999") == "***"
    assert mask_name("张三") == "张*"
    assert mask_name("𠮷野家子") == "𠮷***"
    assert mask_name("阿依古丽·买买提") == "阿***"
    assert mask_name("") == ""


def test_an_identity_does_not_show_its_number_in_a_log():
    assert STANDARD not in repr(parse(STANDARD, TODAY))


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("zhangsan@example.com", "zh***@example.com"),
        ("a@example.com", "a***@example.com"),
        ("", ""),
        ("nobody", ""),
    ],
)
def test_a_mail_address_is_masked(address, masked):
    assert mask_mail(address) == masked


def test_a_mask_can_leave_no_tail():
    assert mask_id(STANDARD, tail=0) == "110***************"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        (STANDARD, "110*************2X"),
        ("123456789012345", "123**********45"),
        ("12345678901234", "1***********34"),
        ("E12345678", "E******78"),
        ("H1234567", "H*****67"),
        ("1234567", "*******"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_mask_leaves_what_the_person_needs_to_know_it(number, masked):
    assert mask_id(number) == masked


def test_the_number_is_masked_in_tracebacks():
    assert repr(parse(STANDARD, TODAY)) == "<Identity 110*************2X>"


def test_a_foreigners_residence_card_begins_with_9():
    assert parse(made(place="911124"), TODAY).kind == Kind.FOREIGN
    assert parse(made(place="110105"), TODAY).kind == Kind.MAINLAND


def test_nobody_is_older_than_anybody_can_be():
    assert parse(made(born="18500101"), TODAY).birth_date == date(1850, 1, 1)
    with pytest.raises(IdentityError):
        parse(made(born="18491231"), TODAY)
