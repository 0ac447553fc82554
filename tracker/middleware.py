"""placeholder"""


def refuse_malformed(get_response):
    return get_response


answer_unavailable = public_cache = refuse_malformed
