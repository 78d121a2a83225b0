import pytest
from babel.messages.pofile import read_po

from bot.content import content_root, read_content
from bot.flow.reader import read_flow
from bot.locales import check, extract, update
from bot.wording import read_wording, required_keys

FLOW = """\
flow: greet
version: 1
starts_at: hello
states:
  hello:
    note: Heard first.
    say: Call {police_number} now.
    ask: Are you safe?
    answers:
      safe: Yes
      unsure: I am not sure
    also:
      safe: yes | yep
      unsure: maybe
    then: goodbye
  goodbye:
    say: Take care of yourself.
    end: done
"""

PAGE = """\
{% trans name=name %}Hello, {{ name }}.{% endtrans %}
{% trans count=3 %}{{ count }} <b>case</b>{% pluralize %}{{ count }} <b>cases</b>{% endtrans %}
{{ pgettext("title", "Messages ") }}
"""

CHINESE = {
    "Call {police_number} now.": "现在就打 {police_number}。",
    "Are you safe?": "你安全吗？",
    "Yes": "安全",
    "yes | yep": "嗯 | 对",
    "I am not sure": "我不确定",
    "maybe": "不知道",
    "Take care of yourself.": "照顾好自己。",
    "Hello, %(name)s.": "你好，%(name)s。",
    "%(count)s <b>cases</b>": "%(count)s 件<b>事</b>",
    "Messages ": "消息 ",
}

CATALOG = "locales/zh_CN/LC_MESSAGES/messages.po"


class Project:
    """A folder with a flow, a page and a complete catalog."""

    def __init__(self, root):
        self.root = root
        self.write("flows/conversations/greet.yaml", FLOW)
        self.write("bot/console/templates/page.html", PAGE)
        update(root, adding="zh_CN")
        self.translate(CHINESE)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def read(self, name=CATALOG):
        return (self.root / name).read_text(encoding="utf-8")

    def translate(self, texts):
        lines = self.read().split("\n")
        source = ""
        for number, line in enumerate(lines):
            if line.startswith(("msgid ", "msgid_plural ")):
                source = line.split(" ", 1)[1].strip('"')
            elif line in {'msgstr ""', 'msgstr[0] ""'} and source in texts:
                lines[number] = f'{line[:-2]}"{texts[source]}"'
        self.write(CATALOG, "\n".join(lines))

    def change(self, old, new, name=CATALOG):
        assert old in self.read(name)
        self.write(name, self.read(name).replace(old, new))

    def found(self):
        return [(finding.code, finding.text) for finding in check(self.root)]

    def codes(self):
        return [finding.code for finding in check(self.root)]


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


def test_a_complete_catalog_has_nothing_wrong(project):
    assert project.found() == []


def test_extraction_keeps_the_places_of_texts_as_contexts(project):
    with (project.root / "locales/messages.pot").open("rb") as file:
        entries = {(message.context, message.id) for message in read_po(file) if message.id}
    assert ("greet.hello.answers.safe", "Yes") in entries
    assert ("greet.hello.answers.safe.also", "yes | yep") in entries
    assert ("title", "Messages ") in entries
    assert (None, "Hello, %(name)s.") in entries


def test_translators_are_told_what_a_text_is_for(project):
    template = project.read("locales/messages.pot")
    assert "#. Button, at most 32 characters" in template
    assert '#. Words people type for the answer "Yes", separated by |' in template
    assert "#. Keep as they are: {police_number}" in template
    assert "#. Heard first." in template


def test_extracting_again_changes_nothing(project):
    before = project.read("locales/messages.pot")
    extract(project.root)
    update(project.root)
    assert project.read("locales/messages.pot") == before
    assert project.found() == []


def test_a_changed_sentence_marks_its_translation_outdated(project):
    project.change("Take care of yourself.", "Bye for now.", "flows/conversations/greet.yaml")
    assert sorted(project.codes()) == ["L101", "L104", "L105"]
    update(project.root)
    assert project.found() == [
        (
            "L102",
            "greet.goodbye.say: the English changed; look at it and take out the word fuzzy",
        )
    ]
    assert '#| msgid "Take care of yourself."' in project.read()
    assert "照顾好自己。" in project.read()


def test_a_sentence_that_is_gone_takes_its_translation_along(project):
    without = FLOW.replace("      unsure: maybe\n", "")
    project.write("flows/conversations/greet.yaml", without)
    assert sorted(project.codes()) == ["L104", "L105"]
    update(project.root)
    assert project.found() == []
    assert "不知道" not in project.read()


def test_an_entry_kept_only_as_a_comment_is_obsolete(project):
    project.write(CATALOG, project.read() + '\n#~ msgid "Gone"\n#~ msgstr "没了"\n')
    assert project.codes() == ["L104"]


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("打 {police_number}", "打 {polcie_number}", "L103", "lacks {police_number} and has {pol"),
        ("你好，%(name)s。", "你好。", "L103", "lacks %(name)s"),
        ("%(count)s 件<b>事</b>", "%(cuont)s 件<b>事</b>", "L103", "lacks %(count)s"),
        ("你好，%(name)s。", "你好，%(name)s，100%。", "L103", "has %, which"),
        ('msgstr "照顾好自己。"', 'msgstr ""', "L101", "greet.goodbye.say is not translated"),
        ('msgstr[0] "%(count)s 件<b>事</b>"', 'msgstr[0] ""', "L101", "is not translated"),
        (
            "我不确定",
            "我真的不确定这件事到底是什么样子的",
            "L106",
            "greet.hello.answers.unsure is a but",
        ),
        ('"消息 "', '"消息"', "L107", '"Messages " (title) begins or ends with other'),
        ("<b>事</b>", "<i>事</i>", "L107", "has other markup"),
        ("照顾好自己。", "Take care of yourself.", "L108", "seems to be left in English"),
        ("不知道", "不知道 | 嗯", "L110", '"嗯" already means "safe"'),
    ],
)
def test_what_is_wrong_with_a_translation_is_found(project, old, new, code, says):
    project.change(old, new)
    found = project.found()
    assert [finding[0] for finding in found] == [code]
    assert says in found[0][1]


def test_a_finding_tells_file_and_line(project):
    project.change("照顾好自己。", "")
    finding = check(project.root)[0]
    line = project.read().split("\n")[finding.line - 1]
    assert finding.file == CATALOG
    assert line == 'msgid "Take care of yourself."'


def test_an_outdated_mark_is_found_at_its_entry(project):
    place = 'msgctxt "greet.goodbye.say"'
    project.change(place, f"#, fuzzy\n{place}")
    assert project.codes() == ["L102"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("charset=utf-8", "charset=gbk"),
        ("nplurals=1", "nplurals=one"),
        ("plural=0", "plural=n+"),
        ('msgid "Yes"', "msgid-Yes"),
    ],
)
def test_a_file_that_cannot_be_used_is_found(project, old, new):
    project.change(old, new)
    assert project.codes() == ["L109"]


def test_a_file_in_another_encoding_is_found(project):
    (project.root / CATALOG).write_bytes(project.read().encode("gbk"))
    assert project.codes() == ["L109"]


def test_a_flow_that_cannot_be_read_is_found_and_nothing_is_raised(project):
    project.write("flows/conversations/greet.yaml", "flow: [")
    findings = check(project.root)
    assert [finding.code for finding in findings] == ["F001"]
    assert findings[0].file == "flows/conversations/greet.yaml"


def test_an_organisations_own_file_goes_before_ours_and_may_be_new(tmp_path):
    theirs = tmp_path / "flows" / "conversations"
    theirs.mkdir(parents=True)
    (theirs / "welcome.yaml").write_text("flow: welcome\n", encoding="utf-8")
    (theirs / "summer.yaml").write_text("flow: summer\n", encoding="utf-8")
    flows = read_content(tmp_path).under("flows/conversations", ending=".yaml")
    assert flows["flows/conversations/welcome.yaml"] == "flow: welcome\n"
    assert flows["flows/conversations/summer.yaml"] == "flow: summer\n"
    assert "flows/conversations/always.yaml" in flows


def test_a_file_that_is_not_text_is_a_finding_and_the_rest_is_read(tmp_path):
    path = tmp_path / "flows" / "conversations" / "welcome.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe\x00")
    content = read_content(tmp_path)
    assert [finding.file for finding in content.findings] == [str(path)]
    assert "flows/conversations/welcome.yaml" not in content.texts
    assert "flows/conversations/always.yaml" in content.texts


def test_lanterns_own_flows_can_be_said_in_both_languages():
    content = read_content()
    files = content.under("flows/conversations", ending=".yaml")
    flows = [read_flow(text, name) for name, text in files.items()]
    wording, findings = read_wording(content.texts, flows)
    required = required_keys(flows)
    assert findings == ()
    assert wording.lacking("zh_CN", required) == ()
    assert wording.offered(("zh_CN", "en"), required) == ("zh_CN", "en")


def test_lanterns_own_catalogs_have_nothing_wrong():
    assert [str(finding) for finding in check(content_root())] == []


def test_no_two_sentences_are_said_in_the_same_words():
    said = {}
    with (content_root() / CATALOG).open("rb") as file:
        for message in read_po(file):
            if isinstance(message.string, str) and message.string.endswith(("。", "？")):
                said.setdefault(message.string, set()).add(message.id)
    same = [words for words, sources in said.items() if len(sources) > 1 and len(words) > 24]
    assert same == []
