/*
 * Artists told apart by their group: "V (BTS)".
 *
 *     artists/v.md: member_of: BTS          its V may be written "V (BTS)", "뷔 (방탄소년단)", ...
 *     artists/bts.md: members: [V]          likewise
 *     V (BTS) - Sweet Night                 without either: an artist V of BTS, where BTS is known
 *     규현 (Kyuhyun) - Wait                  both names of one artist: that one
 *     Sam (Live) - Wait                     else the brackets belong to the name
 *
 * A group is known when a file or a mention names it. Where V has a file that tells of no group, and
 * no other V is written of, that one is meant. An artist who is only written of shares the bare name
 * with the others who have no file; beside one that has, only the name in full means them.
 *
 * All of it is settled while pairs are told and before mentions are resolved, so that the order of the
 * writings decides nothing but spelling and address.
 */
#include "catalog/catalog_inside.h"

/* A name with brackets behind it, as mentions have it. */
struct member_name {
    struct catalog_name *name; /* "V (BTS)" */
    const struct catalog_file *file;
    const struct schema_mention *mention; /* the oldest */
    struct text base, group;              /* "V" and "BTS" as it spells them */
    bool is_of_group;                     /* the brackets hold a group that is known */
};

/* ---- Names of groups behind the names of those who have files ---------------------------------------------- */

bool catalog_split_group(struct text name, struct text *base, struct text *group)
{
    size_t open = name.length;
    int depth = 0;
    if (!text_ends(name, ")"))
        return false;
    do {
        open--;
        depth += (name.at[open] == ')') - (name.at[open] == '(');
    } while (open > 0 && depth > 0);
    *base = text_trim(text_slice(name, 0, open));
    *group = text_trim(text_slice(name, open + 1, name.length - 1));
    return depth == 0 && base->length && group->length;
}

static struct text with_group(struct arena *arena, struct text name, struct text group)
{
    const struct text parts[] = {name, TEXT(" ("), group, TEXT(")")};
    return arena_join_all(arena, parts, BASE_COUNT(parts));
}

/* All names of a record, those that are absent among them. */
static struct catalog_list names_of(struct arena *arena, const struct schema_artist *record)
{
    const struct text *aliases = record->aliases.items;
    struct catalog_list names = {0};
    catalog_append(arena, &names, &record->name);
    catalog_append(arena, &names, &record->native);
    for (size_t i = 0; i < record->aliases.count; i++)
        catalog_append(arena, &names, &aliases[i]);
    return names;
}

/* Every name of the one with every name of the other behind it. */
static void claim_names(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_artist *artist, const struct catalog_list *groups)
{
    struct catalog_list names = names_of(&draft->scratch, artist->record);
    for (size_t i = 0; i < names.count; i++)
        for (size_t j = 0; j < groups->count; j++) {
            const struct text *name = names.items[i], *group = groups->items[j];
            if (name->length && group->length)
                catalog_claim_once(&catalog->names->artists,
                    with_group(&draft->scratch, *name, *group), &artist->thing);
        }
}

/* The only artist of a file that bears the name; NULL where there is none or several. */
static struct catalog_artist *only_artist(const struct catalog *catalog,
    struct catalog_draft *draft, const struct schema_mention *mention)
{
    struct catalog_claims claims = catalog_claimed(
        &catalog->names->artists, mention->name, mention->more->native, &draft->scratch);
    return claims.count == 1 ? (void *)claims.things[0] : NULL;
}

/* What a file says of its artist's groups. */
static void claim_groups_of(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_artist *artist)
{
    const struct schema_mention *const *groups = artist->record->member_of.items;
    for (size_t i = 0; i < artist->record->member_of.count; i++) {
        const struct catalog_artist *group = only_artist(catalog, draft, groups[i]);
        struct catalog_list names = {0};
        if (group)
            names = names_of(&draft->scratch, group->record);
        catalog_append(&draft->scratch, &names, &groups[i]->name);
        claim_names(catalog, draft, artist, &names);
        if (!artist->suffix.at)
            artist->suffix = groups[i]->name;
    }
}

/* What a file says of its group's members. Where several bear a member's name, the one of this group
 * is meant, if that is known. */
static void claim_members_of(
    struct catalog *catalog, struct catalog_draft *draft, struct catalog_artist *group)
{
    const struct schema_mention *const *members = group->record->members.items;
    struct catalog_named *named = draft->mentions[group->thing.file - catalog->files].items;
    for (size_t i = 0; i < group->record->members.count; i++) {
        struct catalog_artist *member = only_artist(catalog, draft, members[i]);
        struct text full = with_group(&draft->scratch, members[i]->name, group->record->name);
        struct catalog_claims claims =
            catalog_claimed(&catalog->names->artists, full, TEXT_NONE, &draft->scratch);
        if (member) {
            struct catalog_list names = names_of(&draft->scratch, group->record);
            claim_names(catalog, draft, member, &names);
            if (!member->suffix.at)
                member->suffix = group->record->name;
        } else if (claims.count == 1) {
            named[i].name = arena_alloc(&draft->lists, sizeof *named[i].name);
            named[i].name->name =
                catalog_name(&catalog->names->artists, unicode_key(&draft->scratch, full));
        }
    }
}

/* ---- Names with brackets that no file bears ---------------------------------------------------------------- */

static struct catalog_name *name_of(
    struct catalog *catalog, struct catalog_draft *draft, struct text text)
{
    return map_get(&catalog->names->artists.nodes, unicode_key(&draft->scratch, text));
}

static void note_mention(
    struct catalog_draft *draft, const struct catalog_file *file, const struct catalog_named *named)
{
    struct text base, group;
    if (named->kind != CATALOG_ARTIST || !named->name)
        return;
    bool is_new = catalog_note_named(named->name->name);
    if (named->native)
        catalog_note_named(named->native->name);
    if (!is_new || !catalog_split_group(named->mention->name, &base, &group))
        return;
    struct member_name *member = arena_alloc(&draft->lists, sizeof *member);
    *member = (struct member_name){named->name->name, file, named->mention, base, group, false};
    catalog_append(&draft->lists, &draft->members, member);
}

static void note_file(
    struct catalog *catalog, struct catalog_draft *draft, const struct catalog_thing *thing)
{
    const struct catalog_mentions *mentions = &draft->mentions[thing->file - catalog->files];
    for (size_t i = 0; i < mentions->count; i++)
        note_mention(draft, thing->file, &mentions->items[i]);
}

/* Names with brackets behind them, once each, those of the oldest writing first; all names of mentions
 * are known from here on. */
static void find_members(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = draft->writings.count; i > 0; i--)
        note_file(catalog, draft, draft->writings.items[i - 1]);
    for (size_t i = 0; i < draft->artists.count; i++)
        note_file(catalog, draft, draft->artists.items[i]);
    for (size_t i = 0; i < draft->track_files.count; i++)
        note_file(catalog, draft,
            &((const struct catalog_track_file *)draft->track_files.items[i])->track->thing);
}

static bool has_hangul(struct text text)
{
    for (size_t at = 0; at < text.length;)
        if (unicode_is_hangul(text_next_point(text, &at)))
            return true;
    return false;
}

/* What stands in brackets behind Hangul may be the name in Latin letters: then only a file that tells
 * of a group makes it one. Else it is one as far as nothing says that it is a person. */
static bool is_group(
    struct catalog *catalog, struct catalog_draft *draft, const struct member_name *member)
{
    const struct catalog_name *name = name_of(catalog, draft, member->group);
    bool is_other_script = has_hangul(member->base) && !has_hangul(member->group);
    if (!name || !catalog_is_named(name))
        return false;
    struct catalog_claims claims = catalog_claimed_by(name, NULL, &draft->scratch);
    for (size_t i = 0; i < claims.count; i++) {
        const struct catalog_artist *artist = (const void *)claims.things[i];
        bool is_told = artist->record->kind > SCHEMA_PERSON || artist->record->members.count;
        if (is_told || (artist->record->kind < 0 && !is_other_script))
            return true;
    }
    return claims.count == 0 && !is_other_script;
}

/* Whether what stands before the brackets and in them are names of one artist, for files or pairs say
 * so: then the whole is a name of the same. */
static bool close_double(
    struct catalog *catalog, struct catalog_draft *draft, const struct member_name *member)
{
    struct catalog_name *base = name_of(catalog, draft, member->base);
    struct catalog_name *group = name_of(catalog, draft, member->group);
    if (!base || !group)
        return false;
    if (catalog_is_joined(base, group)) {
        catalog_join(base, member->name, TEXT_NONE);
        return true;
    }
    struct catalog_claims first = catalog_claimed_by(base, NULL, &draft->scratch);
    struct catalog_claims second = catalog_claimed_by(group, NULL, &draft->scratch);
    struct catalog_claims both = catalog_claimed_by(base, group, &draft->scratch);
    if (!first.count || !second.count || both.count != 1)
        return false;
    catalog_claim(&catalog->names->artists, member->mention->name, both.things[0]);
    return true;
}

/* The one that has a file and tells of no group; NULL where anything else bears the name. */
static struct catalog_artist *groupless(const struct catalog_name *base, struct arena *scratch)
{
    if (!base)
        return NULL;
    struct catalog_claims claims = catalog_claimed_by(base, NULL, scratch);
    struct catalog_artist *artist = claims.count == 1 ? (void *)claims.things[0] : NULL;
    return artist && artist->thing.file && !artist->suffix.at ? artist : NULL;
}

static bool has_file_among(const struct catalog_claims *claims)
{
    for (size_t i = 0; i < claims->count; i++)
        if (claims->things[i]->file)
            return true;
    return false;
}

static bool is_beside_file(struct catalog *catalog, struct catalog_draft *draft, struct text base)
{
    struct catalog_claims claims =
        catalog_claimed(&catalog->names->artists, base, TEXT_NONE, &draft->scratch);
    return has_file_among(&claims);
}

/* An artist without a file, whose name and address are settled by the oldest mention. */
static struct catalog_artist *make_member(
    struct catalog *catalog, struct catalog_draft *draft, const struct member_name *member)
{
    struct catalog_artist *artist = catalog_make(catalog, draft, &catalog_artist_type);
    struct schema_artist *record = arena_alloc(&catalog->arena, sizeof *record);
    data_set_absent(&schema_artist_type, record);
    record->name = arena_text(&catalog->arena, member->base);
    record->disambiguation = arena_text(&catalog->arena, member->group);
    artist->record = record;
    artist->suffix = record->disambiguation;
    artist->thing.named_in = member->file;
    artist->thing.named_at = member->mention->spot;
    catalog_add(catalog, &draft->artists, artist);
    if (!is_beside_file(catalog, draft, member->base))
        catalog_claim(&catalog->names->artists, member->base, &artist->thing);
    return artist;
}

static void close_member(struct catalog *catalog, struct catalog_draft *draft,
    const struct member_name *member, const struct map *bases)
{
    const struct catalog_name *base = name_of(catalog, draft, member->base);
    struct catalog_artist *artist = groupless(base, &draft->scratch);
    bool is_only = map_get(bases, unicode_key(&draft->scratch, member->base)) == member;
    if (!artist || !is_only)
        artist = make_member(catalog, draft, member);
    struct catalog_membership *membership = arena_alloc(&draft->lists, sizeof *membership);
    *membership = (struct catalog_membership){artist, name_of(catalog, draft, member->group)};
    catalog_append(&draft->lists, &draft->memberships, membership);
    catalog_claim(&catalog->names->artists, member->mention->name, &artist->thing);
}

/* Those whose brackets hold a known group, by what stands before: something else where there are
 * several of one name. */
static void find_bases(
    struct catalog_draft *draft, const struct catalog_list *members, struct map *bases)
{
    map_init(bases, &draft->lists);
    for (size_t i = 0; i < members->count; i++) {
        const struct member_name *member = members->items[i];
        struct text key = unicode_key(&draft->lists, member->base);
        if (member->is_of_group && map_put(bases, key, (void *)member) != member)
            map_set(bases, key, draft);
    }
}

/* Whether any artist is written with something in brackets: most blogs have none. */
static bool has_brackets(const struct catalog *catalog, const struct catalog_draft *draft)
{
    for (unsigned i = 0; i < catalog->request.jobs; i++) {
        const struct map *words = &draft->workers[i].words[CATALOG_ARTIST];
        for (size_t j = 0; j < words->count; j++)
            if (text_ends(words->entries[j].key, ")"))
                return true;
    }
    return false;
}

void catalog_find_members(struct catalog *catalog, struct catalog_draft *draft)
{
    size_t count = draft->artists.count; /* of files */
    for (size_t i = 0; i < count; i++)
        claim_groups_of(catalog, draft, (void *)draft->artists.items[i]);
    for (size_t i = 0; i < count; i++)
        claim_members_of(catalog, draft, (void *)draft->artists.items[i]);
    arena_clear(&draft->scratch);
    if (has_brackets(catalog, draft))
        find_members(catalog, draft);
    for (size_t i = 0; i < draft->members.count; i++) {
        struct member_name *member = (void *)draft->members.items[i];
        member->is_of_group = is_group(catalog, draft, member);
        if (member->is_of_group)
            catalog_keep_apart(member->name);
    }
    arena_clear(&draft->scratch);
}

void catalog_close_members(struct catalog *catalog, struct catalog_draft *draft)
{
    struct map bases;
    find_bases(draft, &draft->members, &bases);
    for (size_t i = 0; i < draft->members.count; i++) {
        const struct member_name *member = draft->members.items[i];
        bool is_claimed = catalog_claimed_by(member->name, NULL, &draft->scratch).count > 0;
        if (!is_claimed && !close_double(catalog, draft, member) && member->is_of_group)
            close_member(catalog, draft, member, &bases);
        arena_clear(&draft->scratch);
    }
}

/* ---- When all mentions are resolved --------------------------------------------------------------------------- */

/* What a pair told of the name in full, or of the bare one where nobody else bears it. */
static struct text native_of(struct catalog *catalog, struct catalog_draft *draft, struct text name,
    const struct catalog_named *named)
{
    const struct catalog_name *bare = name_of(catalog, draft, name);
    struct text native = catalog_native(named->name->name);
    if (!native.at && bare && catalog_claimed_by(bare, NULL, &draft->scratch).count == 1)
        native = catalog_native(bare);
    return text_equal(native, name) ? TEXT_NONE : native;
}

void catalog_settle_member(struct catalog *catalog, struct catalog_draft *draft,
    struct catalog_thing *thing, const struct catalog_file *file, const struct catalog_named *named)
{
    struct catalog_artist *artist = (void *)thing;
    struct schema_artist *record = (struct schema_artist *)artist->record;
    const struct schema_mention *mention = named->mention;
    struct text base, group, address_of;
    record->name = mention->name;
    if (catalog_split_group(mention->name, &base, &group) &&
        text_equal(unicode_key(&draft->scratch, group),
            unicode_key(&draft->scratch, record->disambiguation)))
        record->name = arena_text(&catalog->arena, base);
    record->native = native_of(catalog, draft, record->name, named);
    address_of = record->name;
    if (is_beside_file(catalog, draft, record->name) ||
        catalog_is_taken(catalog, draft, SCHEMA_ADDRESS_ARTIST, address_of)) {
        const struct text parts[] = {record->name, TEXT(" "), record->disambiguation};
        address_of = arena_join_all(&draft->scratch, parts, BASE_COUNT(parts));
    }
    catalog_settle_named(catalog, draft, thing, SCHEMA_ADDRESS_ARTIST, address_of);
    thing->named_in = file;
    thing->named_at = mention->spot;
}

void catalog_close_memberships(struct catalog *catalog, struct catalog_draft *draft)
{
    for (size_t i = 0; i < draft->memberships.count; i++) {
        const struct catalog_membership *membership = draft->memberships.items[i];
        struct catalog_claims claims = catalog_claimed_by(membership->group, NULL, &draft->scratch);
        struct catalog_list groups = {(const void **)membership->artist->groups.items,
            membership->artist->groups.count, membership->artist->groups.count};
        if (claims.count == 1)
            catalog_add_once(catalog, &groups, claims.things[0]);
        membership->artist->groups = catalog_array(&groups);
        if (!membership->artist->thing.url.at) /* every mention of them was a mistake */
            catalog_settle_named(catalog, draft, &membership->artist->thing, SCHEMA_ADDRESS_ARTIST,
                membership->artist->record->name);
    }
}
