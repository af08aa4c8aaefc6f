/*
 * Words to pieces: for each word the writings whose texts have it, the newest first.
 *
 *     words of 22 bits, in order:   | piece 0 | piece 1 | ...
 *
 * What a writing keeps is in that order, too, so that a piece reads only its part of each.
 */
#include "search/search_inside.h"

#include <stdlib.h>

enum { MOST_WRITINGS = 255 };

struct posting {
    uint32_t writing; /* its number + 1: the newest has the highest */
    uint32_t next;    /* place of the next one + 1; 0: none */
};

struct word {
    uint32_t word, count;
    uint32_t first, last; /* postings, likewise */
};

struct gathering {
    struct arena *scratch;
    struct word *words;
    size_t count, capacity;
    uint32_t *slots; /* place of a word + 1 */
    size_t slot_count;
    struct posting *postings;
    size_t posting_count, posting_capacity;
    uint32_t found[MARKDOWN_WORDS_MOST];
};

static void place(struct gathering *gathering, uint32_t number)
{
    size_t slot = gathering->words[number].word & (gathering->slot_count - 1);
    while (gathering->slots[slot])
        slot = (slot + 1) & (gathering->slot_count - 1);
    gathering->slots[slot] = number + 1;
}

static void grow(struct gathering *gathering)
{
    gathering->slot_count = gathering->slot_count ? gathering->slot_count * 2 : 1024;
    gathering->slots =
        arena_array(gathering->scratch, gathering->slot_count, sizeof *gathering->slots);
    for (size_t i = 0; i < gathering->count; i++)
        place(gathering, (uint32_t)i);
}

static struct word *word_for(struct gathering *gathering, uint32_t word)
{
    if (gathering->count * 2 >= gathering->slot_count)
        grow(gathering);
    size_t slot = word & (gathering->slot_count - 1);
    for (; gathering->slots[slot]; slot = (slot + 1) & (gathering->slot_count - 1)) {
        struct word *found = &gathering->words[gathering->slots[slot] - 1];
        if (found->word == word)
            return found;
    }
    gathering->slots[slot] = (uint32_t)gathering->count + 1;
    struct word *added = list_add(&gathering->words, &gathering->count, &gathering->capacity,
        gathering->scratch, sizeof *added);
    added->word = word;
    return added;
}

static void add(struct gathering *gathering, uint32_t number, uint32_t writing)
{
    struct word *word = word_for(gathering, number);
    if (++word->count > MOST_WRITINGS)
        return;
    struct posting *posting = &gathering->postings[gathering->posting_count++];
    *posting = (struct posting){.writing = writing};
    uint32_t place_of_it = (uint32_t)gathering->posting_count;
    if (word->last)
        gathering->postings[word->last - 1].next = place_of_it;
    else
        word->first = place_of_it;
    word->last = place_of_it;
}

static int compare_words(const void *left, const void *right)
{
    const struct word *a = left, *b = right;
    return (a->word > b->word) - (a->word < b->word);
}

static void add_number(struct buffer *out, uint32_t number)
{
    char room[INTEGER_ROOM];
    if (number < 10) /* as most are */
        buffer_add_byte(out, (char)('0' + number));
    else
        buffer_add(out, text_of_integer(number, room));
}

static void write_word(
    const struct gathering *gathering, const struct word *word, uint32_t before, struct buffer *out)
{
    uint32_t last = 0;
    add_number(out, word->word - before);
    if (word->count > MOST_WRITINGS)
        buffer_add_string(out, ",0");
    for (uint32_t at = word->first; at; at = gathering->postings[at - 1].next) {
        uint32_t writing = gathering->postings[at - 1].writing;
        buffer_add_byte(out, ',');
        add_number(out, last ? last - writing : writing);
        last = writing;
    }
}

static void reserve(struct gathering *gathering, size_t more)
{
    size_t count = gathering->posting_count, capacity = gathering->posting_capacity;
    if (count + more <= capacity)
        return;
    capacity = 2 * (count + more);
    struct posting *postings = arena_array(gathering->scratch, capacity, sizeof *postings);
    if (count)
        memcpy(postings, gathering->postings, count * sizeof *postings);
    gathering->postings = postings;
    gathering->posting_capacity = capacity;
}

static void gather(const struct search *search, size_t piece, struct gathering *gathering)
{
    const struct data_array *writings = &search->catalog->site.writings;
    const struct catalog_writing *const *items = writings->items;
    uint32_t each = (uint32_t)((1u << MARKDOWN_WORD_BITS) / search->texts);
    uint32_t from = (uint32_t)piece * each;
    for (size_t i = 0; i < writings->count; i++) {
        const struct catalog_file *file = items[i]->thing.file;
        size_t count = 0;
        if (file && items[i]->record->spoilers != SCHEMA_SPOILERS_FULL)
            count = markdown_words_between(file->scan.words, from, from + each, gathering->found);
        reserve(gathering, count);
        for (size_t j = 0; j < count; j++)
            add(gathering, gathering->found[j], (uint32_t)(writings->count - i));
    }
}

void search_texts(
    const struct search *search, size_t piece, struct arena *scratch, struct buffer *out)
{
    struct gathering *gathering = arena_alloc(scratch, sizeof *gathering);
    uint32_t before = 0;
    gathering->scratch = scratch;
    gather(search, piece, gathering);
    if (gathering->count)
        qsort(gathering->words, gathering->count, sizeof *gathering->words, compare_words);
    buffer_add_byte(out, '[');
    for (size_t i = 0; i < gathering->count; i++) {
        buffer_add_string(out, i ? ",\n[" : "[");
        write_word(gathering, &gathering->words[i], before, out);
        buffer_add_byte(out, ']');
        before = gathering->words[i].word;
    }
    buffer_add_string(out, "]\n");
}
