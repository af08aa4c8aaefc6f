# Liner. The two commands to know:
#
#   make site   install what is missing, compile, build content/ into site/
#   make test   install what the tests need, run them all
#
# `make` compiles only: the program is out/release/liner. `make help` lists the rest.

MODE ?= release
OUT  ?= out
CC   ?= cc
BUILD = $(OUT)/$(MODE)
PROGRAM = $(BUILD)/liner
VERSION = 0.1.0

# The rooms of the house, low to high: a room includes only headers of rooms before it.
ROOMS = base unicode disk data schema markdown template picture catalog search theme plan render output commands

# Debian packages. COMMAND=PACKAGE asks for the package only where the command is missing.
BUILD_PACKAGES = gcc libc6-dev make pkg-config libmd4c-dev libcmark-gfm-dev \
  libcmark-gfm-extensions-dev libyaml-dev libicu-dev libxxhash-dev $(if $(IMAGES),libvips-dev)
TEST_PACKAGES = git clang=clang clang-format=clang-format libclang-rt-14-dev libcmocka-dev \
  python3=python3 python3-jinja2 python3-feedparser node=nodejs npm=npm chromium=chromium \
  java=default-jre-headless jing zsh mandoc xmllint=libxml2-utils localedef=libc-bin locales fonts-nanum \
  libvips-dev

LIBRARIES = libmd4c libcmark-gfm yaml-0.1 icu-i18n icu-uc libxxhash
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
  -Wmissing-prototypes -Wvla -Wwrite-strings -Wundef -Wformat=2 $(if $(CI),-Werror)

flags-release  = -O2 -DNDEBUG -D_FORTIFY_SOURCE=2 -fstack-protector-strong
flags-debug    = -O0 -g3
flags-asan     = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
flags-tsan     = -O1 -g -fsanitize=thread
flags-cover    = -O0 -g --coverage
flags-fuzz     = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
$(if $(flags-$(MODE)),,$(error MODE is one of: release debug asan tsan cover fuzz))
ifeq ($(MODE),fuzz)
CC = clang
endif

# IMAGES=yes: pages tell how large pictures are. libvips brings some 150 packages with it.
IMAGES ?=
ifeq ($(filter-out no,$(IMAGES)),)
override IMAGES =
endif
IMAGE_CFLAGS = $(if $(IMAGES),-DLINER_IMAGES $(shell pkg-config --cflags vips | sed 's/-I/-isystem /g'))
$(BUILD)/picture/%.o: private CFLAGS += $(IMAGE_CFLAGS)

# What runs for every node of a template is guarded where it holds bytes, not wherever it holds a value.
ifeq ($(MODE),release)
$(BUILD)/template/%.o $(BUILD)/data/%.o: private CFLAGS += -fstack-protector
endif

ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -DLINER_VERSION='"$(VERSION)"' -Igenerator $(WARNINGS) \
  $(flags-$(MODE)) -pthread $(CFLAGS)
ALL_LDFLAGS = $(filter -fsanitize=% --coverage,$(flags-$(MODE))) -pthread $(LDFLAGS)
LIBS = -lmd4c -lcmark-gfm-extensions -lcmark-gfm -lyaml -licui18n -licuuc -licudata -lxxhash -lm

SOURCES = $(foreach room,$(ROOMS),$(sort $(wildcard generator/$(room)/*.c)))
HEADERS = $(foreach room,$(ROOMS),$(sort $(wildcard generator/$(room)/*.h)))
EMBEDDED = theme starter
OBJECTS = $(SOURCES:generator/%.c=$(BUILD)/%.o) $(EMBEDDED:%=$(BUILD)/embedded_%.o)
WITHOUT_MAIN = $(filter-out $(BUILD)/commands/main.o,$(OBJECTS))
UNIT_TESTS = $(patsubst tests/unit/%_test.c,$(BUILD)/tests/unit/%_test,$(wildcard tests/unit/*_test.c))
UNIT_SHARED = $(filter-out %_test.c,$(wildcard tests/unit/*.c))

.PHONY: all
all: $(PROGRAM)

## site: install what is missing, compile, build content/ into site/ (IMAGES=yes: pages tell how large pictures are)
.PHONY: site
site: packages
	@$(MAKE) --no-print-directory -j$$(nproc) $(PROGRAM)
	$(PROGRAM) build

## test: install what the tests need, run them all
.PHONY: test
test: packages
	@generator/packages $(TEST_PACKAGES)
	@CI=1 tests/run

.PHONY: packages
packages:
	@generator/packages $(BUILD_PACKAGES)

# What runs is said in a word or two; `make V=1` shows whole commands.
say-  = @printf '  %-6s %s\n' $(1) '$(2)';
say-1 =
say   = $(say-$(V))

# ---- The program ------------------------------------------------------------------------------

# Changed flags rebuild: every object stands on this file, rewritten only when they differ.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBS) $(IMAGES)' | cmp -s - $@ || \
	  printf '%s\n' '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) $(LIBS) $(IMAGES)' > $@
.PHONY: FORCE
FORCE:

$(BUILD)/%.o: generator/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(PROGRAM): $(OBJECTS)
	$(call say,link,$@)$(CC) $(ALL_LDFLAGS) -o $@ $(OBJECTS) $(LIBS)

# The theme `sleeve` goes into the program, and what `liner init` and `liner new` write: see generator/embed.sh.
embedded_theme = themes/sleeve theme_embedded
embedded_starter = generator/commands/starter starter_embedded
files-below = $(sort $(shell find $(1) -type f 2>/dev/null))
$(BUILD)/embedded_theme.c: $(call files-below,themes/sleeve)
$(BUILD)/embedded_starter.c: $(call files-below,generator/commands/starter)
$(EMBEDDED:%=$(BUILD)/embedded_%.c): $(BUILD)/embedded_%.c: generator/embed.sh
	@mkdir -p $(@D)
	$(call say,embed,$(word 1,$(embedded_$*)))sh generator/embed.sh $(embedded_$*) > $@.new && mv $@.new $@
$(EMBEDDED:%=$(BUILD)/embedded_%.o): $(BUILD)/embedded_%.o: $(BUILD)/embedded_%.c $(BUILD)/flags generator/base/base.h
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# ---- Tests and checks ----------------------------------------------------------------------------

## unit: compile the unit tests (tests/run runs them)
.PHONY: unit
unit: $(UNIT_TESTS)
$(BUILD)/tests/unit/%_test: tests/unit/%_test.c $(UNIT_SHARED) $(WITHOUT_MAIN)
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -MMD -MP -Itests/unit $(ALL_LDFLAGS) -o $@ \
	  $(filter %.c %.o,$^) $(LIBS) -lcmocka

# What tests/bench/template measures with.
$(BUILD)/tests/bench/%: tests/bench/%.c $(WITHOUT_MAIN)
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $(filter %.c %.o,$^) $(LIBS)

## batch: compile what renders one template after another, for tests/jinja/differential
BATCH = $(BUILD)/tests/template_batch
.PHONY: batch
batch: $(BATCH)
$(BATCH): tests/jinja/differential/batch.c $(WITHOUT_MAIN)
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $(filter %.c %.o,$^) $(LIBS)

## markdown-batch: compile what renders one text after another, for tests/markdown
MARKDOWN_BATCH = $(BUILD)/tests/markdown_batch
.PHONY: markdown-batch
markdown-batch: $(MARKDOWN_BATCH)
$(MARKDOWN_BATCH): tests/markdown/batch.c $(WITHOUT_MAIN)
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) -o $@ $(filter %.c %.o,$^) $(LIBS)

## fuzz: compile the fuzz targets: with MODE=fuzz to search, in any other mode to replay files
FUZZ_TARGETS = $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/*_fuzz.c))
.PHONY: fuzz
fuzz: $(FUZZ_TARGETS)
$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(if $(filter fuzz,$(MODE)),,tests/fuzz/replay.c) $(WITHOUT_MAIN)
	@mkdir -p $(@D)
	$(call say,cc,$<)$(CC) $(ALL_CFLAGS) -MMD -MP $(ALL_LDFLAGS) $(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer) \
	  -o $@ $(filter %.c %.o,$^) $(LIBS)

## check-rooms: fail on an include that points upward
.PHONY: check-rooms
check-rooms:
	@tests/checks/rooms $(ROOMS)

## check-headers: each header compiles alone
.PHONY: check-headers
check-headers:
	@for header in $(HEADERS); do \
	  $(CC) $(ALL_CFLAGS) -Werror -fsyntax-only -x c $$header || exit 1; done

## check-globals: fail if an object holds writable data
.PHONY: check-globals
check-globals: $(OBJECTS)
	@tests/checks/globals $(OBJECTS)

## format: fail where clang-format would change a file (format-fix changes it)
.PHONY: format format-fix
format:
	@clang-format --dry-run --Werror $(SOURCES) $(HEADERS) $(wildcard tests/unit/*.[ch])
format-fix:
	@clang-format -i $(SOURCES) $(HEADERS) $(wildcard tests/unit/*.[ch])

## compile_commands.json: for editors and clang-tidy
.PHONY: compile_commands.json
compile_commands.json:
	@{ echo '['; separator=; for source in $(SOURCES); do \
	  printf '%s{"directory": "%s", "file": "%s", "command": "%s -c %s"}' "$$separator" '$(CURDIR)' \
	    "$$source" '$(CC) $(subst ",\",$(ALL_CFLAGS))' "$$source"; separator=',\n'; done; \
	  printf '\n]\n'; } > $@

## reference: write the references into themes/README.md and content/README.md
.PHONY: reference
reference: $(PROGRAM)
	@tests/reference/run --write

# ---- Installing --------------------------------------------------------------------------------------

PREFIX ?= /usr/local
SHARE = $(DESTDIR)$(PREFIX)/share
ZSH_FUNCTIONS = $(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
## install: put the program, its manual page and completions under PREFIX (/usr/local), below DESTDIR
.PHONY: install
install: $(PROGRAM)
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/liner
	install -d $(SHARE)/man/man1 $(SHARE)/bash-completion/completions $(SHARE)/zsh/$(ZSH_FUNCTIONS)
	$(PROGRAM) help manual > $(SHARE)/man/man1/liner.1
	$(PROGRAM) completion bash > $(SHARE)/bash-completion/completions/liner
	$(PROGRAM) completion zsh > $(SHARE)/zsh/$(ZSH_FUNCTIONS)/_liner

DEB = $(OUT)/liner_$(VERSION)_$(shell dpkg --print-architecture 2>/dev/null).deb
## deb: make a Debian package of it in out/, for machines without this repository
.PHONY: deb
deb: packages
	@rm -rf $(OUT)/deb
	@$(MAKE) --no-print-directory install DESTDIR=$(OUT)/deb PREFIX=/usr >/dev/null
	@generator/deb $(OUT)/deb $(VERSION) $(DEB)
	@echo $(DEB)

## clean: remove what was compiled (the site stays)
.PHONY: clean
clean:
	rm -rf $(OUT)

.PHONY: help
help:
	@sed -n 's/^## \([a-z_.-]*\): \(.*\)/  make \1\t\2/p' Makefile | expand -t 32

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(BATCH).d $(MARKDOWN_BATCH).d $(FUZZ_TARGETS:=.d)
