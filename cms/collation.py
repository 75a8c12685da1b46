"""The order of the alphabets, for lists that a reader looks something up in."""

ALPHABETS = {
    "de": "abcdefghijklmnopqrstuvwxyz",
    "en": "abcdefghijklmnopqrstuvwxyz",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "lt": "aąbcčdeęėfghiįyjklmnoprsštuųūvzž",
    "lv": "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž",
    "pl": "aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    "da": "abcdefghijklmnopqrstuvwxyzæøå",
    "fi": "abcdefghijklmnopqrstuvwxyzåäö",
    "sv": "abcdefghijklmnopqrstuvwxyzåäö",
}
FOLDED = str.maketrans("äöüß", "aous")


def alphabetical(text: str, language: str) -> tuple[int, ...]:
    """A key to sort by: 'Švedija' stands after 'Suomija' in Lithuanian, 'Dänemark' among the Da."""
    alphabet = ALPHABETS.get(language, ALPHABETS["en"])
    text = str(text).lower()
    if language in {"de", "en"}:
        text = text.translate(FOLDED)
    place = {letter: number for number, letter in enumerate(alphabet)}
    return tuple(place.get(letter, len(alphabet) + ord(letter)) for letter in text)
