"""What an organisation puts into its own catalog is proved like Lantern's, also at the start."""

import pytest
from typer.testing import CliRunner

from bot.authoring.proofs import prove_everything
from bot.building import read_book
from bot.cli.root import app
from bot.content import content_root
from bot.domain.errors import FlowError
from bot.locales import lacking_in_own

CATALOG = "locales/zh_CN/LC_MESSAGES/messages.po"
OK = '"安全 | 可以 | 是 | 是的'
NO = '"没有 | 没 | 没得 | 不是 | 不 | 没危险'
NO_LABEL = 'msgstr "没有，现在没有"'


@pytest.fixture
def own(tmp_path):
    """An organisation's folder, in whose catalog some things are changed."""

    def change(*changes):
        text = (content_root() / CATALOG).read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / CATALOG
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return tmp_path

    return change


def found(folder):
    """What is found of the flows and their languages: code and text."""
    return [(each.code, each.text) for each in prove_everything(("zh_CN", "en"), folder).findings]


@pytest.mark.rare
def test_a_sound_catalog_of_ones_own_has_nothing_wrong(own):
    folder = own((NO_LABEL, 'msgstr "没有，这会儿没有"'), (OK, OK.replace("安全", "放心发 | 安全")))

    assert found(folder) == []
    assert read_book(folder).offered(("zh_CN", "en")) == ("zh_CN", "en")


@pytest.mark.rare
def test_what_is_told_wrongly_is_found_in_a_catalog_of_ones_own(own):
    folder = own(
        ("有危险就打 {police_number}。", "有危险就打 {police_nummer}。"),
        (NO_LABEL, 'msgstr "没有，现在没有，我们家里大家都很好，没有事情"'),
        ('msgstr "我不确定"', 'msgstr "我不确定 "'),
        ("{code} 已转交给您。", "{code} {已转交给您。"),
        ('msgstr "有，现在就有"', 'msgstr "Yes, right now"'),
    )
    codes = found(folder)

    assert sorted(code for code, _ in codes) == ["L103", "L103", "L103", "L106", "L107", "L108"]
    assert "other {names} than the English" in codes[0][1]
    assert any("has {police_nummer}, which the English" in text for _, text in codes)


@pytest.mark.rare
def test_a_text_of_a_page_is_proved_in_a_catalog_of_ones_own(own):
    folder = own(("记到场人数：%(when)s起", "记到场人数：%(wehn)s起"))

    [(code, text)] = found(folder)

    assert (code, "wehn" in text) == ("L103", True)


@pytest.mark.rare
def test_what_a_catalog_of_ones_own_lacks_of_pages_is_counted_and_no_fault(own):
    folder = own(
        ('msgstr "谁来"', 'msgstr ""'), ('msgid "Waiting list"', 'msgid "A list of before"')
    )

    told = CliRunner().invoke(app, ["flows", "check", "--content", str(folder)])

    assert lacking_in_own(folder) == {"zh_CN": 2}
    assert told.exit_code == 0
    assert "2 texts of pages and alerts: not in your catalog of zh_CN" in told.stdout


@pytest.mark.rare
@pytest.mark.parametrize(
    ("content", "code"), [("凯里".encode("gbk"), "F001"), (b'msgid "one\n', "L109")]
)
def test_a_catalog_that_cannot_be_read_is_one_finding(tmp_path, content, code):
    path = tmp_path / CATALOG
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    assert [code for code, _ in found(tmp_path)] == [code]


@pytest.mark.rare
def test_no_word_of_a_catalog_has_two_meanings(own):
    folder = own(
        (OK, OK.replace("安全", "不安全 | 安全")),
        (NO, NO.replace("没有", "Yes right now! | 帮助 | 1 | 没有", 1)),
    )
    question = "report_a_concern.in_danger.answers.safe.also"
    wanted = {
        f'{question}: "Yes right now!" already means "danger" there',
        f'{question}: "1" already means "danger" there',
        f'{question}: "帮助" works anywhere and means "help"; use another word here',
        'report_a_concern.safe_to_reply.answers.not_ok.also: "不安全" already means "ok" there',
    }

    with pytest.raises(FlowError) as fault:
        read_book(folder)

    assert {each.text for each in fault.value.findings} == wanted
    assert {(each.code, each.file) for each in fault.value.findings} == {("L110", CATALOG)}
    assert set(found(folder)) == {("L110", each) for each in wanted}
