"""The words of the question list, as closed sets stored as text."""

from storage.vocabulary import Word


class Ending(Word):
    """What a tenant says of an answer from the list. MORE: nothing, but asked on in words of their own."""

    YES = "yes"
    NO = "no"
    MORE = "more"
