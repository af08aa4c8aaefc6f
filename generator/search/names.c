/*
 * Names to pieces: all names are gone through once, and each key goes to the piece of its bucket.
 *
 *     piece     a list of blocks of bytes, filled in the order of the things; each record:
 *
 *         length of the key  1 byte; MARK_FULL more where the key is a bucket that goes on below
 *         key
 *         number             7 bits a byte; none where it is such a bucket
 *
 * A bucket is counted by its hash alone: two that share one are full a little earlier.
 */
#include "search/search_inside.h"

#include <stdlib.h>

enum {
    BUCKET_MOST = 300,
    BUCKET_STEP = 3,
    BUCKET_SLOTS = 1 << 16,
    BLOCK_BYTES = 488,
    MARK_FULL = 128,
};

struct block {
    struct block *next;
    size_t length;
    char bytes[BLOCK_BYTES];
};

struct search_names {
    struct block **first, **last; /* by piece */
    uint16_t *counts;             /* of buckets, by slot */
};

/* ---- Buckets -------------------------------------------------------------------------------------------------- */

/* FNV-1a, 32 bits (draft-eastlake-fnv). */
static uint32_t hash(struct text text)
{
    uint32_t value = 2166136261u;
    for (size_t i = 0; i < text.length; i++)
        value = (value ^ (unsigned char)text.at[i]) * 16777619u;
    return value;
}

static struct text first_points(struct text key, size_t points)
{
    size_t at = 0;
    while (at < key.length && points-- > 0)
        text_next_point(key, &at);
    return text_slice(key, 0, at);
}

static size_t bucket_points(struct text key)
{
    return key.at[0] == '~' ? 4 : 3;
}

/* ---- Filling ---------------------------------------------------------------------------------------------------- */

/* An arena's memory is zeroed, but what lies in it is written anyway. */
static struct block *block_for(struct search *search, size_t piece, size_t bytes)
{
    struct search_names *names = search->in;
    struct block *block = names->last[piece];
    if (block && block->length + bytes <= BLOCK_BYTES)
        return block;
    struct block *next = arena_alloc(&search->arena, sizeof *next);
    if (block)
        block->next = next;
    else
        names->first[piece] = next;
    names->last[piece] = next;
    return next;
}

static void add_record(struct search *search, struct text bucket, struct text key, int64_t number)
{
    size_t piece = hash(bucket) & (search->names - 1);
    size_t digits = 0;
    char bytes[10];
    for (uint64_t rest = (uint64_t)number; number >= 0 && (digits == 0 || rest); rest >>= 7)
        bytes[digits++] = (char)((rest & 0x7F) | (rest > 0x7F ? 0x80 : 0));
    struct block *block = block_for(search, piece, 1 + key.length + digits);
    char *to = block->bytes + block->length;
    *to++ = (char)(key.length | (number < 0 ? MARK_FULL : 0));
    memcpy(to, key.at, key.length);
    memcpy(to + key.length, bytes, digits);
    block->length += 1 + key.length + digits;
}

static bool takes_one_more(struct search_names *names, struct text bucket)
{
    uint16_t *count = &names->counts[hash(bucket) & (BUCKET_SLOTS - 1)];
    return *count < BUCKET_MOST && ++*count;
}

/* In its bucket, or where that is full, in one below. Beyond the last: whoever types all of a name that three hundred
 * things share sees those. */
static void add_key(struct search *search, struct text key, int64_t number)
{
    struct text bucket = first_points(key, bucket_points(key));
    while (!takes_one_more(search->in, bucket)) {
        struct text below = first_points(key, text_count_points(bucket) + BUCKET_STEP);
        if (below.length == bucket.length)
            return;
        add_record(search, bucket, bucket, -1);
        bucket = below;
    }
    add_record(search, bucket, key, number);
}

/* For whoever has typed little. */
static void add_short(struct search *search, struct text key, int64_t number)
{
    struct text bucket = first_points(key, bucket_points(key) - 1);
    if (bucket.length < key.length && takes_one_more(search->in, bucket))
        add_record(search, bucket, key, number);
}

/* ---- The names of things ---------------------------------------------------------------------------------------- */

struct naming {
    struct search *search;
    struct arena scratch;
    struct search_keys keys;
    int64_t id;
    enum search_breadth breadth;
    bool is_short;
};

static void add_name(struct naming *naming, struct text name)
{
    if (!name.length)
        return;
    search_keys_of(&naming->keys, name, naming->breadth);
    for (size_t i = 0; i < naming->keys.count; i++) {
        const struct search_key *key = &naming->keys.items[i];
        int64_t number = naming->id * 2 + key->is_inner;
        add_key(naming->search, key->key, number);
        if (naming->is_short && !key->is_inner)
            add_short(naming->search, key->key, number);
    }
}

static void add_names(struct naming *naming, const struct data_array *names)
{
    const struct text *items = names->items;
    for (size_t i = 0; i < names->count; i++)
        add_name(naming, items[i]);
}

static void add_track(struct naming *naming, const struct catalog_track *track)
{
    add_name(naming, track->record->title);
    add_name(naming, track->record->native);
    if (track->page)
        add_names(naming, &track->page->aliases);
}

static void add_thing(struct naming *naming, struct search_thing of)
{
    const struct catalog_artist *artist = of.thing;
    const struct catalog_drama *drama = of.thing;
    const struct catalog_writing *writing = of.thing;
    switch (of.family) {
    case SEARCH_ARTISTS:
        add_name(naming, artist->record->name);
        add_name(naming, artist->record->native);
        add_names(naming, &artist->record->aliases);
        break;
    case SEARCH_DRAMAS:
        add_name(naming, drama->record->title);
        add_name(naming, drama->record->native);
        add_names(naming, &drama->record->aliases);
        break;
    case SEARCH_TRACKS: add_track(naming, of.thing); break;
    case SEARCH_WRITINGS:
        add_name(naming, writing->record->title);
        add_names(naming, &writing->record->aliases);
        break;
    case SEARCH_TERMS: add_name(naming, ((const struct catalog_term *)of.thing)->name); break;
    case SEARCH_SERIES: add_name(naming, ((const struct catalog_series *)of.thing)->title); break;
    case SEARCH_PAGES:
        add_name(naming, ((const struct catalog_page *)of.thing)->record->title);
        break;
    case SEARCH_FAMILIES: break;
    }
}

static void add_family(struct naming *naming, enum search_family family)
{
    bool is_of_many = family == SEARCH_TRACKS || family == SEARCH_WRITINGS;
    naming->is_short = !is_of_many;
    naming->breadth = is_of_many                 ? SEARCH_FEW
                      : family == SEARCH_ARTISTS ? SEARCH_OF_PERSON
                                                 : SEARCH_MANY;
    for (size_t i = 0; i < naming->search->counts[family]; i++) {
        arena_clear(&naming->scratch);
        naming->id = (int64_t)(i * 8 + family);
        add_thing(naming, search_thing_at(naming->search, family, i));
    }
}

static void fill(struct search *search)
{
    struct naming naming = {.search = search};
    search->in = arena_alloc(&search->arena, sizeof *search->in);
    search->in->first = arena_array(&search->arena, search->names, sizeof(struct block *));
    search->in->last = arena_array(&search->arena, search->names, sizeof(struct block *));
    search->in->counts = arena_array(&search->arena, BUCKET_SLOTS, sizeof(uint16_t));
    arena_init(&naming.scratch);
    search_keys_init(&naming.keys, &naming.scratch);
    for (int family = 0; family < SEARCH_FAMILIES; family++)
        add_family(&naming, (enum search_family)family);
    search_keys_release(&naming.keys);
    arena_release(&naming.scratch);
}

/* ---- One piece -------------------------------------------------------------------------------------------------- */

struct record {
    uint64_t head; /* the first 8 bytes of the key, so that numbers compare as they do */
    struct text key;
    int64_t number; /* -1: a bucket that is full */
};

static uint64_t head_of(struct text key)
{
    uint64_t head = 0;
    for (size_t i = 0; i < sizeof head; i++)
        head = head << 8 | (i < key.length ? (unsigned char)key.at[i] : 0);
    return head;
}

static int compare_records(const void *left, const void *right)
{
    const struct record *a = left, *b = right;
    if ((a->number < 0) != (b->number < 0))
        return a->number < 0 ? -1 : 1;
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    int order = text_compare(a->key, b->key);
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static const char *next_record(const char *at, struct record *record)
{
    size_t mark = (unsigned char)*at++;
    size_t length = mark & (MARK_FULL - 1);
    struct text key = {at, length};
    *record = (struct record){head_of(key), key, mark >= MARK_FULL ? -1 : 0};
    at += length;
    for (unsigned shift = 0; mark < MARK_FULL; shift += 7) {
        record->number |= (int64_t)(*at & 0x7F) << shift;
        if (!(*at++ & 0x80))
            break;
    }
    return at;
}

/* No record has fewer bytes than two. */
static struct record *read_piece(
    const struct search *search, size_t piece, struct arena *scratch, size_t *count)
{
    size_t bytes = 0;
    *count = 0;
    for (const struct block *block = search->in->first[piece]; block; block = block->next)
        bytes += block->length;
    struct record *records = arena_array(scratch, bytes / 2, sizeof *records);
    for (const struct block *block = search->in->first[piece]; block; block = block->next)
        for (const char *at = block->bytes; at < block->bytes + block->length;)
            at = next_record(at, &records[(*count)++]);
    if (*count)
        qsort(records, *count, sizeof *records, compare_records);
    return records;
}

static bool is_same_key(const struct record *a, const struct record *b)
{
    return a->head == b->head && (a->number < 0) == (b->number < 0) && text_equal(a->key, b->key);
}

/* Letters, digits, "~" and "=": no byte of them needs an escape. */
static void write_key(struct text key, struct buffer *out)
{
    buffer_add_byte(out, '"');
    buffer_add(out, key);
    buffer_add_byte(out, '"');
}

static size_t write_full(const struct record *records, size_t count, struct buffer *out)
{
    size_t i = 0;
    buffer_add_string(out, "[[");
    for (; i < count && records[i].number < 0; i++) {
        if (i > 0 && is_same_key(&records[i], &records[i - 1]))
            continue;
        buffer_add_string(out, i ? "," : "");
        write_key(records[i].key, out);
    }
    buffer_add_byte(out, ']');
    return i;
}

static void write_records(const struct record *records, size_t count, struct buffer *out)
{
    char room[INTEGER_ROOM];
    size_t i = write_full(records, count, out);
    while (i < count) {
        const struct record *key = &records[i];
        buffer_add_string(out, ",\n[");
        write_key(key->key, out);
        for (; i < count && is_same_key(&records[i], key); i++) {
            if (&records[i] != key && records[i].number == records[i - 1].number)
                continue;
            buffer_add_byte(out, ',');
            buffer_add(out, text_of_integer(records[i].number, room));
        }
        buffer_add_byte(out, ']');
    }
    buffer_add_string(out, "]\n");
}

void search_names(struct search *search, size_t piece, struct arena *scratch, struct buffer *out)
{
    size_t count;
    pthread_mutex_lock(&search->lock);
    if (!search->in)
        fill(search);
    pthread_mutex_unlock(&search->lock);
    struct record *records = read_piece(search, piece, scratch, &count);
    write_records(records, count, out);
}
