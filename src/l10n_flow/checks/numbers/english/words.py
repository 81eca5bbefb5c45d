"""Tables of English words of numbers."""

from __future__ import annotations

from decimal import Decimal


def words_of(text: str) -> list[str]:
    """Return the words of a table, separated by spaces."""
    return text.split()


#: Words below a hundred, which may be combined: fifty-eight.
SMALL = {
    word: Decimal(value)
    for value, word in enumerate(
        words_of(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS = {
    word: Decimal(value * 10)
    for value, word in enumerate(words_of("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
#: Words that multiply, with their power of ten; the short ones only after digits.
SCALES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
SHORT_SCALES = {"k": 3, "m": 6, "mn": 6, "mln": 6, "mil": 6, "bn": 9, "b": 9, "bln": 9, "tn": 12, "trn": 12, "t": 12}
#: Indefinite magnitudes ("dozens", "millions") with their power of ten.
PLURALS = {"tens": 1, "dozens": 1, "scores": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9,
           "trillions": 12, "decades": 1, "centuries": 2, "millennia": 3}  # fmt: skip
#: Words that make an order of a scale, and how many it may be: some hundred is about a hundred.
VAGUE = {"several": 0, "few": 0, "many": 0, "some": 1, "couple": 2}
LONG_TIMES = frozenset({"decades", "centuries", "millennia"})

ORDINALS = {
    word: Decimal(value)
    for value, word in enumerate(
        words_of(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        1,
    )
} | {"thirtieth": Decimal(30), "fortieth": Decimal(40), "fiftieth": Decimal(50), "sixtieth": Decimal(60),
     "seventieth": Decimal(70), "eightieth": Decimal(80), "ninetieth": Decimal(90),
     "hundredth": Decimal(100)}  # fmt: skip
#: The parts that a fraction counts: two-thirds.
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "fourths": 4} | {
    f"{word}{plural}": int(value) for word, value in ORDINALS.items() if 3 <= value <= 100 for plural in ("", "s")
}
#: Decades and ages in words: the fifties.
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90, "teens": 10, "noughties": 0,
}  # fmt: skip
MONTHS = {
    name: Decimal(value)
    for value, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"], 1,
    )
    for name in names.split()
}  # fmt: skip
#: Months that are other words too, and are read as months only beside a day, a year or a word of time.
OTHER_WORDS = frozenset({"may", "march", "mar", "jan", "jun", "dec", "sep"})
BEFORE_MONTH = frozenset(
    words_of(
        "in of since by until till through to from last next this early mid late during between and or before after "
        "every each the ending th st nd rd -"
    )
)
#: Other words with a numeric meaning.
COUNTS = {
    "once": 1, "single": 1, "sole": 1, "twice": 2, "thrice": 3, "both": 2, "couple": 2, "pair": 2, "duo": 2,
    "twin": 2, "twins": 2, "semi": 4, "semifinal": 4, "semifinals": 4, "quarterfinal": 8, "quarterfinals": 8,
    "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "dual": 2, "either": 2, "twofold": 2, "triple": 3,
    "tripled": 3, "triples": 3, "tripling": 3, "treble": 3, "trebled": 3, "trebling": 3, "trio": 3, "triplets": 3,
    "trilogy": 3, "threefold": 3, "quadruple": 4, "quadrupled": 4, "quadrupling": 4, "quartet": 4, "fourfold": 4,
    "quintet": 5, "quintuple": 5, "quintupled": 5, "fivefold": 5, "sextet": 6, "sixfold": 6, "sevenfold": 7,
    "eightfold": 8, "ninefold": 9, "tenfold": 10, "hundredfold": 100, "decade": 10, "century": 100, "fortnight": 14,
    "foursome": 4, "foursomes": 4, "fourball": 4, "fourballs": 4, "threesome": 3, "quarterback": 4,
    "quarterbacks": 4, "tercentenary": 300, "centenary": 100, "bicentenary": 200, "centennial": 100,
    "quadruplets": 4, "quintuplets": 5, "bicentennial": 200, "nil": 0, "none": 0, "nought": 0, "goalless": 0,
    "scoreless": 0, "bilateral": 2, "trilateral": 3, "tripartite": 3, "halved": 2, "halve": 2, "halving": 2,
    "millionaire": 1000000, "millionaires": 1000000, "billionaire": 1000000000, "billionaires": 1000000000,
    "year": 12, "weeklong": 7, "yearlong": 12, "trifecta": 3, "centenarian": 100, "centenarians": 100,
    "octogenarian": 80, "septuagenarian": 70, "teenager": 10, "teenagers": 10, "teenage": 10,
}  # fmt: skip
#: Words that multiply the number before them: two decades, a century and a half, three dozen.
MULTIPLIED = {"decade": 10, "decades": 10, "century": 100, "centuries": 100, "dozen": 12, "fortnights": 14, "score": 20}

ROMAN = {
    "ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10, "xi": 11, "xii": 12, "xiii": 13,
    "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21, "xxii": 22,
    "xxiii": 23, "i": 1, "v": 5, "lii": 52, "liii": 53, "liv": 54, "lv": 55, "l": 50,
}  # fmt: skip

#: Currencies before and after a number, each with its possible ISO codes.
DOLLARS = frozenset({"USD", "HKD", "TWD", "AUD", "CAD", "SGD", "DOLLAR"})
MONEY_BEFORE = {
    "hk$": "HKD", "hkd": "HKD", "us$": "USD", "usd": "USD", "nt$": "TWD", "ntd": "TWD", "twd": "TWD", "a$": "AUD",
    "aud": "AUD", "c$": "CAD", "cad": "CAD", "s$": "SGD", "sgd": "SGD", "mop": "MOP", "mop$": "MOP", "rmb": "CNY",
    "cny": "CNY", "renminbi": "CNY", "yuan": "CNY", "$": "DOLLAR", "€": "EUR", "eur": "EUR", "£": "GBP",
    "gbp": "GBP", "¥": "YEN", "￥": "YEN", "jpy": "JPY", "₩": "KRW", "krw": "KRW", "chf": "CHF", "inr": "INR",
    "rs": "INR", "₹": "INR", "au$": "AUD", "nz$": "NZD", "r$": "BRL", "cn¥": "CNY",
}  # fmt: skip
MONEY_AFTER = {
    "dollar": "DOLLAR", "dollars": "DOLLAR", "bucks": "DOLLAR", "hkd": "HKD", "usd": "USD", "yuan": "CNY", "rmb": "CNY",
    "renminbi": "CNY", "cny": "CNY", "euro": "EUR", "euros": "EUR", "eur": "EUR", "sterling": "GBP", "gbp": "GBP",
    "yen": "JPY", "jpy": "JPY", "won": "KRW", "patacas": "MOP", "pataca": "MOP", "rupees": "INR", "roubles": "RUB",
    "rubles": "RUB", "baht": "THB", "francs": "CHF", "€": "EUR", "£": "GBP", "quid": "GBP", "pounds": "GBP",
}  # fmt: skip
#: Currencies of two words after a number.
MONEY_PHRASES = {
    ("hong", "kong", "dollars"): "HKD", ("hong", "kong", "dollar"): "HKD", ("us", "dollars"): "USD",
    ("american", "dollars"): "USD", ("canadian", "dollars"): "CAD", ("australian", "dollars"): "AUD",
    ("singapore", "dollars"): "SGD", ("taiwan", "dollars"): "TWD", ("new", "taiwan", "dollars"): "TWD",
    ("swiss", "francs"): "CHF", ("chinese", "yuan"): "CNY", ("japanese", "yen"): "JPY", ("korean", "won"): "KRW",
    ("pounds", "sterling"): "GBP", ("british", "pounds"): "GBP",
}  # fmt: skip

#: Units of measure by the ids of the Chinese table; several words joined by a space.
MEASURES = {
    **dict.fromkeys(["km", "kms", "kilometres", "kilometers", "kilometre", "kilometer"], "km"),
    **dict.fromkeys(["mile", "miles", "mi"], "mile"),
    **dict.fromkeys(["m", "metre", "metres", "meter", "meters"], "m"),
    **dict.fromkeys(["ft", "foot", "feet"], "ft"),
    **dict.fromkeys(["inch", "inches"], "in"),
    **dict.fromkeys(["cm", "centimetre", "centimetres", "centimeter", "centimeters"], "cm"),
    **dict.fromkeys(["mm", "millimetre", "millimetres", "millimeter", "millimeters"], "mm"),
    **dict.fromkeys(["yard", "yards", "yd"], "yd"),
    **dict.fromkeys(["mu"], "mu"),
    **dict.fromkeys(["hectare", "hectares", "ha"], "ha"),
    **dict.fromkeys(["acre", "acres"], "acre"),
    **dict.fromkeys(["sq km", "square kilometres", "square kilometers", "square kilometre", "square kilometer"], "km2"),
    **dict.fromkeys(["sq m", "square metres", "square meters", "square metre", "square meter"], "m2"),
    **dict.fromkeys(["sq ft", "square feet", "square foot", "square-foot"], "ft2"),
    **dict.fromkeys(["square miles", "square mile", "sq miles"], "mi2"),
    **dict.fromkeys(["catty", "catties", "jin"], "catty"),
    **dict.fromkeys(words_of("kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"), "kg"),
    **dict.fromkeys(["g", "gram", "grams", "gramme", "grammes"], "g"),
    **dict.fromkeys(["lb", "lbs", "pound", "pounds"], "lb"),
    **dict.fromkeys(["tonne", "tonnes", "ton", "tons", "t"], "t"),
    **dict.fromkeys(["oz", "ounce", "ounces"], "oz"),
    **dict.fromkeys(["litre", "litres", "liter", "liters"], "l"),
    **dict.fromkeys(["ml", "millilitre", "millilitres", "milliliters"], "ml"),
    **dict.fromkeys(["gallon", "gallons"], "gal"),
    **dict.fromkeys(["cubic metres", "cubic meters", "cubic metre"], "m3"),
    **dict.fromkeys(["nautical miles", "nautical mile"], "nmi"),
    **dict.fromkeys(["celsius", "c", "degrees celsius", "degrees c"], "C"),
    **dict.fromkeys(["fahrenheit", "f", "degrees fahrenheit", "degrees f"], "F"),
    **dict.fromkeys(["li"], "li"),
}
#: Periods with the factors to other periods: two years are 24 months.
PERIODS = {
    name: tuple(Decimal(up) / Decimal(down) for up, down in factors)
    for names, factors in (
        ("year years", ((12, 1),)), ("month months", ((1, 12),)), ("week weeks", ((7, 1),)),
        ("day days", ((24, 1), (1, 7))), ("hour hours", ((60, 1), (1, 24))), ("minute minutes", ((1, 60), (60, 1))),
    )
    for name in names.split()
}  # fmt: skip
