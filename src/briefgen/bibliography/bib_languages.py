"""Languages as BibLaTeX calls them, and as BCP 47 does."""

from __future__ import annotations

LANGUAGE_NAMES = {
    "ar": "arabic", "bg": "bulgarian", "bn": "bengali", "ca": "catalan", "cs": "czech",
    "da": "danish", "de": "ngerman", "de-AT": "naustrian", "de-CH": "nswissgerman",
    "el": "greek", "en": "english", "en-AU": "australian", "en-CA": "canadian",
    "en-GB": "british", "en-NZ": "newzealand", "en-US": "american", "es": "spanish",
    "et": "estonian", "fa": "farsi", "fi": "finnish", "fr": "french", "he": "hebrew",
    "hi": "hindi", "hr": "croatian", "hu": "magyar", "it": "italian", "ja": "japanese",
    "ko": "korean", "lt": "lithuanian", "lv": "latvian", "nb": "norsk", "nl": "dutch",
    "nn": "nynorsk", "no": "norsk", "pl": "polish", "pt": "portuguese", "pt-BR": "brazilian",
    "ro": "romanian", "ru": "russian", "sk": "slovak", "sl": "slovene", "sr": "serbian",
    "sv": "swedish", "th": "thai", "tr": "turkish", "uk": "ukrainian", "ur": "urdu",
    "vi": "vietnamese", "zh": "chinese",
}  # fmt: skip
"""BibLaTeX's names of languages by BCP 47."""

LANGUAGE_TAGS = {
    **{name: tag for tag, name in LANGUAGE_NAMES.items()},
    "german": "de", "austrian": "de-AT", "swissgerman": "de-CH", "usenglish": "en-US",
    "ukenglish": "en-GB", "canadien": "fr-CA", "acadian": "fr-CA", "brazil": "pt-BR",
    "hungarian": "hu", "norwegian": "nb", "persian": "fa", "slovenian": "sl", "portuges": "pt",
    "francais": "fr", "nynorsk": "nn",
}  # fmt: skip
"""BCP 47 by BibLaTeX's names."""
