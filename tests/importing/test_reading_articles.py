"""Articles: header, pictures, dateline, interviews, endings."""

import datetime as dt

import pytest

from tests.importing.pages import ARCHIVE, BAKERS, FERRY, LAMPS, SLOGAN, SUFFIX, article, page, read


@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        (SUFFIX, "P"),
        (" | Asharq Al-Awsat English Archive", "P"),
        (" - ASHARQ AL-AWSAT English Archive", "D"),
        (" – Asharq Al-Awsat English", "D"),
        (" - ASHARQ AL-AWSAT English Archive 2005 -2017", "DY"),
        ("", "bare"),
    ],
)
@pytest.mark.parametrize(
    "headline", ["Ferry sails again", "Canal - A history | in lamps", "A talk with Asharq Al-Awsat"]
)
def test_suffix_is_taken_off_and_nothing_of_the_headline(suffix, form, headline):
    found = read(article(FERRY, BAKERS, headline=headline, suffix=suffix))
    assert found.headline.value == headline
    assert found.headline.line == 3
    assert found.header_form == form


def test_header_without_a_name_and_page_without_header():
    nameless = read(f"{SLOGAN}\n\nSelect Page\n\n{FERRY}\n\n{BAKERS}")
    assert nameless.header_form == "none"
    assert nameless.headline is None
    bare = read(f"The captain speaks\n\n{FERRY}\n\n{BAKERS}")
    assert bare.header_form is None
    assert bare.headline.value == "The captain speaks"
    prose = read(f"{FERRY}\n\n{BAKERS}", address=f"{ARCHIVE}/jane-doe/opinion/captain-speaks-2")
    assert prose.headline.value == "Captain Speaks"
    assert not prose.headline.stated
    assert prose.prose_count == 2


CAPTION = "The ferry at its pier. (Reuters/Ann Example)"


@pytest.mark.parametrize(
    ("above", "form", "state", "copies"),
    [
        (("Media ID: 55300001", "Caption:", "", CAPTION, "", "", CAPTION, "", CAPTION), "M1", "present", 3),
        (("Media ID: 55300001", "Caption:", "", CAPTION, ""), "M2", "present", 1),
        (("Media ID: 55300001", "", CAPTION), "M3", "present", 1),
        (("Media ID: 55300001", "", "Ferry sails again", "", "Ferry sails again"), "M4", "present", 2),
        (("Media ID: 55300001", "Caption:"), "M5", "empty", 0),
        (("Media ID: 55300001",), "M6", "absent", 0),
        ((CAPTION, "", CAPTION), "M7", "present", 2),
        ((CAPTION,), "M7", "present", 1),
        (("Media ID: 55300001 Caption: " + CAPTION,), "M2", "present", 1),
        (("Media ID: 55300001", "Caption: " + CAPTION), "M2", "present", 1),
    ],
)
def test_every_form_of_a_picture(above, form, state, copies):
    found = read(article(FERRY, BAKERS, LAMPS, above=above))
    (block,) = found.media
    assert (block.form, block.caption_state, block.copies) == (form, state, copies)
    assert block.media_id == (None if form == "M7" else "55300001")
    assert [paragraph.text for paragraph in found.paragraphs] == [FERRY, BAKERS, LAMPS]


def test_caption_copies_fold_and_what_differs_is_kept_as_an_alternative():
    curly, straight = "The pilot’s  boat. (AFP)", "The pilot's boat.  (AFP)"
    found = read(article(FERRY, BAKERS, above=("Media ID: 55300001", "Caption:", "", curly, "", straight)))
    (block,) = found.media
    assert block.caption == "The pilot’s boat. (AFP)"
    assert block.alternatives == ()
    assert {"doubled-space"} == {repair.rule for repair in found.repairs}


def test_caption_without_credit_before_a_dateline_and_copy_glued_to_the_body():
    caption = "Passengers wait for the second ferry of the day at the northern pier."
    above = ("Media ID: 55300001", "", caption)
    found = read(article(f"Muscat, Asharq Al-Awsat—{FERRY}", BAKERS, above=above))
    assert found.media[0].caption == caption
    assert found.media[0].credit is None
    glued = read(article(f"{CAPTION} {FERRY}", BAKERS, above=("Media ID: 55300001", "Caption:", "", CAPTION)))
    assert glued.paragraphs[0].text == FERRY
    assert "caption-copy" in {use.rule for use in glued.furniture}


def test_two_pictures_and_one_in_the_middle_of_the_text():
    above = (
        "Media ID: 55300001",
        "Caption:",
        "",
        CAPTION,
        "",
        "Media ID: 55300002",
        "Caption:",
        "",
        "Lamps. (AFP)",
    )
    found = read(article(FERRY, BAKERS, "Media ID: 55300003", "The mill. (EPA)", LAMPS, above=above))
    assert [(block.media_id, block.position) for block in found.media] == [
        ("55300001", 0),
        ("55300002", 0),
        ("55300003", 2),
    ]
    assert found.prose_count == 3


def test_media_id_that_is_no_number_is_a_doubt():
    found = read(article(FERRY, BAKERS, above=("Media ID: 5530x01", "Caption:", "", CAPTION)))
    assert found.media[0].media_id is None
    assert any("Media ID" in doubt.sentence for doubt in found.doubts)


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A boat at sea. (Reuters)", "(Reuters)"),
        ("A boat at sea.(AFP/Ann Example)", "(AFP/Ann Example)"),
        (
            "A boat at sea. REUTERS/Ann B. Example (OMAN – Tags: SOCIETY)",
            "REUTERS/Ann B. Example (OMAN – Tags: SOCIETY)",
        ),
        (
            "A boat at sea.REUTERS/Ann Example(OMAN – Tags: SOCIETY)",
            "REUTERS/Ann Example(OMAN – Tags: SOCIETY)",
        ),
        ("A boat at sea. To match Feature OMAN-SEA/ REUTERS/Ann", "To match Feature OMAN-SEA/ REUTERS/Ann"),
        ("Mr. A. Example, in Muscat, at sea. AFP PHOTO / ANN", "AFP PHOTO / ANN"),
        ("A boat at sea on Monday (AP Photo/Ann Example, File)", "(AP Photo/Ann Example, File)"),
        ("A boat at sea AFP PHOTO/ANN", "AFP PHOTO/ANN"),
        ("A boat at sea. 11 January 2002 Getty", "11 January 2002 Getty"),
        ("A boat at sea. (SPA) 21-06-1438 AH", "(SPA) 21-06-1438 AH"),
        ("A boat at sea. (R)", "(R)"),
        ("A boat at sea. (The harbour master’s page)", "(The harbour master’s page)"),
        ("A boat of the Northern Ferry Company (NFC) at sea.", None),
        ("The captain, Ann Example (left), and her mate", None),
        ("The captain told Reuters in Muscat that she would sail.", None),
        ("A boat at sea.", None),
    ],
)
def test_credits_are_split_off_as_printed(caption, credit):
    found = read(article(FERRY, BAKERS, above=("Media ID: 55300001", "Caption:", "", caption, "", "")))
    assert found.media[0].caption == caption
    assert found.media[0].credit == credit


def test_dates_in_captions():
    caption = "A boat at sea, December 12, 2012. (Reuters)"
    found = read(article(FERRY, BAKERS, above=("Media ID: 55300001", "Caption:", "", caption)))
    assert found.media[0].caption_date.printed == "December 12, 2012"
    assert found.media[0].caption_date.day == dt.date(2012, 12, 12)
    hijri = read(
        article(FERRY, BAKERS, above=("Media ID: 55300001", "Caption:", "", "A boat. (SPA) 21-06-1438 AH"))
    )
    assert hijri.media[0].caption_date is None
    (date,) = hijri.dates
    assert (date.earliest, date.latest) == (dt.date(2017, 3, 19), dt.date(2017, 3, 21))
    assert date.where == "credit"


@pytest.mark.parametrize(
    ("lead", "places", "organisation"),
    [
        ("Muscat, Asharq Al-Awsat—", ("Muscat",), "Asharq Al-Awsat"),
        ("Muscat, Asharq Al-Awsat- ", ("Muscat",), "Asharq Al-Awsat"),
        ("Muscat, Asharq Al-Awsat – ", ("Muscat",), "Asharq Al-Awsat"),
        ("Muscat, Asharq Al-awsat-", ("Muscat",), "Asharq Al-awsat"),
        ("Muscat, Ashraq Al-Awsat— ", ("Muscat",), "Ashraq Al-Awsat"),
        ("Muscat, Asharq Alawsat - ", ("Muscat",), "Asharq Alawsat"),
        ("NEWHAVEN, Asharq Al-Awsat- ", ("NEWHAVEN",), "Asharq Al-Awsat"),
        ("Muscat/Doha, Asharq Al-Awsat—", ("Muscat", "Doha"), "Asharq Al-Awsat"),
        ("Muscat and Kuwait City, Asharq Al-Awsat—", ("Muscat", "Kuwait City"), "Asharq Al-Awsat"),
        ("Sana’a, Asharq Al-Awsat—", ("Sana’a",), "Asharq Al-Awsat"),
        ("Washington, D.C., Asharq Al-Awsat—", ("Washington", "D.C."), "Asharq Al-Awsat"),
        ("Muscat (Reuters) – ", ("Muscat",), "Reuters"),
        ("Muscat – Asharq Al-Awsat – ", ("Muscat",), "Asharq Al-Awsat"),
        ("Muscat – ", ("Muscat",), None),
        ("Muscat- ", ("Muscat",), None),
        ("Muscat-", ("Muscat",), None),
        ("Newhaven— ", ("Newhaven",), None),
    ],
)
def test_datelines_in_all_their_spellings(lead, places, organisation):
    found = read(article(lead + FERRY, BAKERS))
    assert found.dateline.printed == lead.strip()
    assert found.dateline.places == places
    assert found.dateline.organisation == organisation
    assert found.paragraphs[0].text == FERRY


@pytest.mark.parametrize(
    "text",
    [
        "The ferry – and its captain – sailed at noon without a single passenger from the northern pier.",
        "Oman-Qatar talks on the ferry went on for two days, and nobody left the room before they ended.",
        "Muscat-based engineers looked at the ferry for two days and found nothing that they could mend.",
        "Al-Example said that the ferry would sail, and that he himself would be the first to buy a ticket.",
        "However – The ferry sailed at noon without a single passenger from the northern pier, as it does.",
        "Muscat – which lives from its harbour – sent two engineers to look at the ferry on the same day.",
    ],
)
def test_dashes_in_prose_make_no_dateline(text):
    found = read(article(text, BAKERS))
    assert found.dateline is None
    assert found.paragraphs[0].text == text


def test_lost_dash_and_dateline_on_its_own_line():
    lost = read(article(f"Muscat, Asharq Al-Awsat {FERRY}", BAKERS))
    assert lost.dateline.rule == "dateline-without-dash"
    assert lost.paragraphs[0].text == FERRY
    alone = read(article("Muscat, Asharq Al-Awsat—", FERRY, BAKERS))
    assert alone.dateline.places == ("Muscat",)
    assert [paragraph.text for paragraph in alone.paragraphs] == [FERRY, BAKERS]


@pytest.mark.parametrize(
    ("question", "answer", "style", "asks"),
    [
        ("[Asharq Al-Awsat] ", "[Rahbi] ", "bracket", "Asharq Al-Awsat"),
        ("[Asharq Al-Awsat]: ", "[Al-Rahbi]: ", "bracket", "Asharq Al-Awsat"),
        ("[Q] ", "[A] ", "bracket", "Q"),
        ("Q) ", "A) ", "half", "Q"),
        ("Q1) ", "A1) ", "half", "Q"),
        ("(Q) ", "(A) ", "paren", "Q"),
        ("Q: ", "A: ", "colon", "Q"),
        ("Q. ", "A. ", "colon", "Q"),
        ("Question: ", "Answer: ", "colon", "Q"),
        ("Asharq Al-Awsat: ", "Ann Rahbi: ", "name", "Asharq Al-Awsat"),
        ("Interviewer: ", "Dr. Rahbi: ", "name", "Interviewer"),
    ],
)
def test_interviews_become_turns_of_speech(question, answer, style, asks):
    found = read(article(FERRY, question + BAKERS, answer + LAMPS, FERRY, question + BAKERS, answer + LAMPS))
    assert found.question_style == style
    assert [paragraph.role for paragraph in found.paragraphs] == [
        "plain", "question", "answer", "answer", "question", "answer",
    ]  # fmt: skip
    assert found.paragraphs[1].speaker == asks
    assert found.paragraphs[1].label == question.strip()
    assert found.paragraphs[1].text == BAKERS
    assert found.paragraphs[3].speaker == found.paragraphs[2].speaker
    assert found.paragraphs[3].label is None


def test_label_alone_on_a_line_belongs_to_the_paragraph_below():
    found = read(article(FERRY, "[Asharq Al-Awsat]", BAKERS, "[Rahbi]\n" + LAMPS, FERRY))
    assert [(paragraph.role, paragraph.text) for paragraph in found.paragraphs] == [
        ("plain", FERRY),
        ("question", BAKERS),
        ("answer", LAMPS),
        ("answer", FERRY),
    ]
    assert found.paragraphs[1].lines == (8, 10)


@pytest.mark.parametrize(
    "openings",
    [
        ("[the] ", "[The] ", "[President] ", ""),
        ("Note: ", "First: ", "Second: ", "Conclusion: "),
        ("Opinion: ", "Muscat: ", "", ""),
        ("Example: ", "Another: ", "", ""),
        ("A) ", "B) ", "C) ", ""),
    ],
)
def test_insertions_notes_and_lists_are_no_interview(openings):
    found = read(article(*(opening + BAKERS for opening in openings)))
    assert found.question_style is None
    assert {paragraph.role for paragraph in found.paragraphs} == {"plain"}


def test_verse_particulars_and_wrapped_lines():
    verse = "O lamps of the canal\nwho lit you\nwhen the flood was gone"
    book = "“The Ferry”\nBy: Ann Example\n212 pages, $19\nPublished by Pier Press"
    wrapped = "The ferry to the northern islands sails twice\na day again, and its captain says that nobody\nat all was left on the pier when she sailed\nat noon."
    found = read(article(book, verse, wrapped, BAKERS, above=("Media ID: 55300001",)))
    assert [paragraph.role for paragraph in found.paragraphs] == ["particulars", "verse", "plain", "plain"]
    assert found.paragraphs[0].text == book
    assert found.paragraphs[1].text == verse
    assert found.paragraphs[2].text.startswith(
        "The ferry to the northern islands sails twice a day again, and its captain"
    )
    assert found.prose_count == 3
    assert found.media[0].form == "M6"


def test_byline_and_section_come_from_the_address_and_are_inferred():
    text = article(FERRY, BAKERS)
    address = f"{ARCHIVE}/ann-al-example/news-middle-east/gulf/ferry-sails-again-2"
    found = read(text, address=f"{address}?share=twitter")
    assert found.bylines[0].name.value == "Ann Al-Example"
    assert not found.bylines[0].name.stated
    assert (found.section.value.name, found.section.value.slug) == ("Middle East", "news-middle-east")
    assert found.sub_section.value.slug == "gulf"
    assert (found.address.slug_base, found.address.copy_number) == ("ferry-sails-again", 2)
    assert found.address == read(text, address=address).address
    assert read(text, address=f"{ARCHIVE}/theaawsat/features/ferry").bylines[0].is_paper
    assert read(article("By Ann Example", FERRY, BAKERS)).bylines[0].name.value == "Ann Example"


def test_cut_text_is_kept_and_marked():
    whole = read(article(FERRY, BAKERS))
    assert not whole.cut
    broken = read(article(FERRY, BAKERS[:-13]))
    assert broken.cut.state == "certain"
    assert broken.paragraphs[-1].text == BAKERS[:-13]
    near = article(FERRY, BAKERS)
    near += "\n" + BAKERS + ("\n\n" + LAMPS) * ((1_990 - len(near) - len(BAKERS)) // (len(LAMPS) + 2))
    assert read(near).cut.state == "likely"
    assert not read(near + ("\n\n" + FERRY) * 5).cut
    assert read_bytes_cut_in_a_letter().cut.state == "certain"


def read_bytes_cut_in_a_letter():
    from articles.importing.reading import read_page

    return read_page(article(FERRY, BAKERS + " It is the captain’s").encode()[:-3], file="x.txt")


def test_picture_page():
    found = read(
        page("", CAPTION, headline="Ferry at its pier"),
        address=f"{ARCHIVE}/ann-example/opinion/the-ferry/attachment/ferry-at-its-pier",
    )
    assert found.kind.value == "attachment"
    assert found.address.parent_path == "/ann-example/opinion/the-ferry"
    assert found.media[0].credit == "(Reuters/Ann Example)"
    assert read(page("", CAPTION)).kind.value == "attachment"


def test_dates_in_the_text_say_what_they_prove():
    text = f"It began on the 4th of November. It had been mended in 2014 and on 3 March 2015. It will stop by 2030. {FERRY}"
    found = read(article(text, BAKERS))
    assert [(date.printed, date.precision, date.proves) for date in found.dates] == [
        ("the 4th of November", "day-of-year", "nothing"),
        ("in 2014", "year", "not-before"),
        ("3 March 2015", "day", "not-before"),
        ("by 2030", "year", "nothing"),
    ]


def test_arabic_runs_from_the_right():
    arabic = "قال القبطان إن العبارة ستبحر مرتين كل يوم وإن أحدا لم يبق على الرصيف بعد مغادرتها عند الفجر."
    found = read(article(f"مسقط: «الشرق الأوسط» {arabic}", arabic))
    assert (found.language, found.direction) == ("ar", "rtl")
    assert found.dateline.places == ("مسقط",)
