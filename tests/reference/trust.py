"""Trust (model.md 7.2)."""


def gain(trust, rate):
    return trust + rate * (1.0 - trust)


def lose(trust, rate):
    return trust - rate * trust


def drift(trust, prior, rate):
    return trust + rate * (prior - trust)
