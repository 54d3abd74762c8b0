"""Dates as a person writes them. `_` stands for a no-break space."""

import pytest

from briefgen.dates import date_in_words, parse_edtf
from briefgen.errors import UsageError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1948-05-01", "1_May_1948"),
        ("2011-05", "May_2011"),
        ("2023", "2023"),
        ("2012~", "about_2012"),
        ("2017-12~", "about_December_2017"),
        ("2016?", "perhaps_2016"),
        ("2016%", "perhaps_about_2016"),
        ("201X", "the_2010s"),
        ("200X", "between_2000 and_2009"),
        ("20XX", "between_2000 and_2099"),
        ("2004-XX", "2004"),
        ("1985-04-XX", "April_1985"),
        ("2012-21", "spring_2012"),
        ("2012-24", "winter_2012"),
        ("2001-02-03T09:30:01", "3_February_2001"),
        # intervals break before "to" alone
        ("2022-07/2023-05", "July_2022 to_May_2023"),
        ("2011/2013", "2011 to_2013"),
        ("2011-05/2011-07", "May to_July_2011"),
        ("2012-21/2012-23", "spring to_autumn_2012"),
        ("2011-05-03/2011-05-07", "3_to_7_May_2011"),
        ("2011-05-03/2011-06-07", "3_May to_7_June_2011"),
        ("2011-12-30/2012-01-02", "30_December_2011 to_2_January_2012"),
        ("2012~/2014", "about_2012 to_2014"),
        ("2011-05~/2011-07~", "about_May_2011 to_about_July_2011"),
        ("2012/2012", "2012"),
        ("2012-05/2012", "May_2012 to_the_end_of_2012"),
        ("2012/2012-05", "the_start_of_2012 to_May_2012"),
        ("2013/..", "since_2013"),
        ("2013-05~/..", "since_about_May_2013"),
        ("../2014", "until_2014"),
        ("2013/", "from_2013, end_unknown"),
        ("/2014", "to_2014, start_unknown"),
        ("../..", "at any time"),
        # EDTF counts a year 0
        ("-0043-03-15", "15_March_44_BC"),
        ("0000", "1_BC"),
        ("0476", "AD_476"),
        ("Y12345", "AD_12,345"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert date_in_words(parse_edtf(text)).replace("\u00a0", "_") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-10-02", "October_2,_2023"),
        ("2011-05", "May_2011"),
        ("2011-05-03~", "about_May_3,_2011"),
        ("2011-23", "fall_2011"),
        ("2011-05-03/2011-05-07", "May_3_to_7,_2011"),
        ("2011-05-03/2011-06-07", "May_3 to_June_7,_2011"),
        ("2011-12-30/2012-01-02", "December_30,_2011 to_January_2,_2012"),
        ("2011-05-03/..", "since_May_3,_2011"),
    ],
)
def test_american_dates(text: str, words: str) -> None:
    assert date_in_words(parse_edtf(text), "en-US").replace("\u00a0", "_") == words


@pytest.mark.parametrize("tag", ["en", "en-GB", "en-PK", "EN-gb"])
def test_all_other_english_is_written_as_in_britain(tag: str) -> None:
    assert date_in_words(parse_edtf("2023-10-02"), tag) == "2\u00a0October\u00a02023"


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="language 'ur'.*choose one of en"):
        date_in_words(parse_edtf("2011-05"), "ur")
