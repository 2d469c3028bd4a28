# Debian bookworm with a Swift toolchain is all that these need; what else is missing is installed.

PACKAGES := pkg-config libavfilter-dev libavformat-dev libavcodec-dev libswscale-dev \
	libswresample-dev libavutil-dev libdnnl-dev libicu-dev libpng-dev libespeak-ng-dev \
	ffmpeg
STORY := Examples/the-fox-and-the-lantern.md
FILM := Examples/the-fox-and-the-lantern.mp4
FABULA := .build/release/fabula
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: demo pictures test build packages toolchain lint format clean

# Draws the example story and says where the film is.
demo: build
	$(FABULA) render $(STORY) -o $(FILM)
	@echo "The film is $(CURDIR)/$(FILM)"

# The pictures in the README, from the program itself.
pictures: build
	$(FABULA) storyboard $(STORY) -o $(STORY:.md=.png) --columns 6
	$(FABULA) render $(STORY) -o $(STORY:.md=.webp) --fps 8 --duration 18
	$(FABULA) render Examples/der-kleine-drache.txt -o Examples/der-kleine-drache.webp --fps 8 --duration 18
	$(FABULA) storyboard Examples/sixty-four.md -o Examples/sixty-four.png --columns 8

# Everything that the tests need, then all tests. One opens the page of a live show in a browser.
test: PACKAGES += chromium
test: packages toolchain
	swift test

build: packages toolchain
	swift build -c release --product fabula

# Without dpkg nothing but the build itself can tell what is missing.
packages:
	@if ! command -v dpkg-query >/dev/null; then \
	  echo "What this needs, by Debian's names: $(PACKAGES)"; exit 0; \
	fi; \
	missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q "ok installed" \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "Install these Debian packages, or your system's like them:$$missing" >&2; exit 1; \
	  fi; \
	  echo "Installing$$missing"; \
	  $(SUDO) apt-get update -qq \
	    && $(SUDO) env DEBIAN_FRONTEND=noninteractive \
	      apt-get install -y -qq --no-install-recommends $$missing; \
	fi

toolchain:
	@command -v swift >/dev/null \
	  || { echo "Swift 6.3 or newer is needed: install it from swift.org/install/linux" >&2; exit 1; }

lint:
	swift format lint --strict -r Package.swift Sources Tests

format:
	swift format -i -r Package.swift Sources Tests

clean:
	swift package clean
	rm -f Examples/*.mp4
