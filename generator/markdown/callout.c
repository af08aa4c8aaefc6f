/*
 * Boxes: a quote whose first line says what it is.
 *
 *     > [!WARNING]                  one of the words below, in any case: "Warning"
 *     > [!note] On the cast         with a title of its own
 *     > [!At a glance]              any other words are the title
 *     > [!tip]- More                folded until asked for; [!tip]+ unfolded
 *     > [!SPOILER] Episode 16       always folded, and left out wherever the page is summed up
 *
 *     first = "[!" words "]" [ "+" | "-" ] title
 */
#include "markdown/markdown_inside.h"

static const char *const words[] = {
    [MARKDOWN_NOTE] = "note",
    [MARKDOWN_TIP] = "tip",
    [MARKDOWN_IMPORTANT] = "important",
    [MARKDOWN_WARNING] = "warning",
    [MARKDOWN_CAUTION] = "caution",
    [MARKDOWN_SPOILER_BOX] = "spoiler",
};

/* A title, not a sentence that happens to begin so. */
enum { WORDS_BYTES = 100 };

static enum markdown_callout callout_of(struct text typed)
{
    for (size_t i = 0; i < BASE_COUNT(words); i++)
        if (typed.length == strlen(words[i]) && !strncasecmp(typed.at, words[i], typed.length))
            return (enum markdown_callout)i;
    return MARKDOWN_BOX;
}

static bool is_marked(const char *marks, size_t at)
{
    return marks && marks[at] != 0;
}

/* Where "]" stands, if nothing before it speaks against it; else 0. */
static size_t find_close(struct text text, const char *marks)
{
    size_t last = text.length < WORDS_BYTES ? text.length : WORDS_BYTES;
    for (size_t at = 0; at < last; at++) {
        bool begins = at < 2;
        if (is_marked(marks, at) || text.at[at] == '\n' || (!begins && text.at[at] == '['))
            return 0;
        if (text.at[at] == ']')
            return at;
    }
    return 0;
}

bool callout_read(struct text text, const char *marks, struct callout *callout)
{
    size_t close = text_starts(text, "[!") ? find_close(text, marks) : 0;
    callout->name = text_trim(text_slice(text, 2, close));
    if (close == 0 || callout->name.length == 0)
        return false;
    callout->kind = callout_of(callout->name);
    size_t at = close + 1;
    bool folds = at < text.length && (text.at[at] == '+' || text.at[at] == '-');
    callout->fold = MARKDOWN_NO_FOLD;
    if (folds)
        callout->fold = text.at[at++] == '+' ? MARKDOWN_UNFOLDED : MARKDOWN_FOLDED;
    if (callout->kind == MARKDOWN_SPOILER_BOX)
        callout->fold = MARKDOWN_FOLDED;
    while (at < text.length && (text.at[at] == ' ' || text.at[at] == '\t'))
        at++;
    callout->length = at;
    return true;
}

const char *callout_class(enum markdown_callout kind)
{
    return kind == MARKDOWN_BOX ? "box" : words[kind];
}
