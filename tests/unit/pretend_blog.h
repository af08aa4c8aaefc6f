/*
 * A blog in memory for tests: files on a pretend disk, and what Liner makes of them.
 *
 *     struct pretend_blog blog;
 *     pretend_blog_init(&blog);                              at https://example.org/blog/, in English
 *     pretend_put(&blog.files, "content/reviews/goblin.md", "---\ntitle: Goblin ...");
 *     pretend_review(&blog, "signal", "drama: Signal\n", "The strings hum.\n");
 *     pretend_blog_read(&blog);                              blog.catalog, pretend_problems(&blog)
 *     pretend_blog_plan(&blog);                              blog.theme (sleeve), blog.plan
 *     pretend_blog_release(&blog);
 */
#ifndef TESTS_PRETEND_BLOG_H
#define TESTS_PRETEND_BLOG_H

#include "catalog/catalog.h"
#include "plan/plan.h"
#include "pretend_disk.h"

struct pretend_blog {
    struct pretend_disk files;
    struct disk disk;
    struct arena arena;
    struct report report;
    struct schema_settings settings;
    struct catalog_request request; /* may be changed before the blog is read */
    struct unicode_language *language;
    struct catalog *catalog;
    struct theme *theme;
    struct plan *plan;
};

void pretend_blog_init(struct pretend_blog *);
void pretend_blog_release(struct pretend_blog *);

/* Files with front matter: a review of 2 January 2020 unless `fields` say another date, whose title
 * is its name; and so for artists and dramas. */
void pretend_review(struct pretend_blog *, const char *name, const char *fields, const char *body);
void pretend_artist(struct pretend_blog *, const char *name, const char *fields);
void pretend_drama(struct pretend_blog *, const char *name, const char *fields);

void pretend_blog_read(struct pretend_blog *);
void pretend_blog_plan(struct pretend_blog *);

/* "content/reviews/goblin.md:3:8: error: ...\n" and notes behind "= ", in order. */
const char *pretend_problems(struct pretend_blog *);
/* "content/reviews/goblin.md:3:8\n" alone, where the words are for tests/cases to hold. */
const char *pretend_places(struct pretend_blog *);

/* The thing of that name or title; NULL when there is none. */
const struct catalog_writing *pretend_find_writing(const struct pretend_blog *, const char *title);
const struct catalog_artist *pretend_find_artist(const struct pretend_blog *, const char *name);
const struct catalog_drama *pretend_find_drama(const struct pretend_blog *, const char *title);
const struct catalog_track *pretend_find_track(const struct pretend_blog *, const char *title);

/* The names, titles or labels of an array of things, joined with ", ". */
const char *pretend_names(struct pretend_blog *, const struct data_type *, struct data_array);

#endif
