# broadsheet.m4 - the macros of configure.ac: libraries by their Debian package, flags the compiler takes
# SPDX-License-Identifier: GPL-2.0-or-later

m4_ifndef([PKG_CHECK_MODULES], [m4_fatal([pkg.m4 is missing: install pkg-config (Debian: pkg-config)])])

# BS_MISSING_INIT
# Everything that is missing is collected, and named in one message by BS_MISSING_REPORT.
AC_DEFUN([BS_MISSING_INIT], [
	bs_missing=
	bs_missing_packages=
	PKG_PROG_PKG_CONFIG
	AS_IF([test -z "$PKG_CONFIG"], [BS_MISSING([pkg-config], [pkg-config])])
])

# BS_MISSING(WHAT, DEBIAN-PACKAGE)
AC_DEFUN([BS_MISSING], [
	bs_missing="$bs_missing
    $1 (Debian: $2)"
	bs_missing_packages="$bs_missing_packages $2"
])

# BS_MISSING_REPORT
AC_DEFUN([BS_MISSING_REPORT], [
	AS_IF([test -n "$bs_missing"], [AC_MSG_ERROR([missing, or too old:$bs_missing
On Debian and its relatives this gives them all:
    apt-get install$bs_missing_packages])])
])

# BS_LIBRARY(VARIABLE, PKG-CONFIG-MODULES, DEBIAN-PACKAGE)
# Sets VARIABLE_CFLAGS and VARIABLE_LIBS.
AC_DEFUN([BS_LIBRARY], [
	PKG_CHECK_MODULES([$1], [$2], [], [BS_MISSING([$2], [$3])])
])

# BS_LANGUAGES
# C17 and C++17 in the words of the compilers, put behind $CC and $CXX as Autoconf does it itself.
AC_DEFUN([BS_LANGUAGES], [
	AC_LANG_PUSH([C])
	BS_STANDARD([CC], [-std=gnu17], [a C17 compiler], [gcc])
	AC_LANG_POP([C])
	AC_LANG_PUSH([C++])
	BS_STANDARD([CXX], [-std=gnu++17], [a C++17 compiler], [g++])
	AC_LANG_POP([C++])
])

# BS_STANDARD(VARIABLE, FLAG, WHAT, DEBIAN-PACKAGE)
AC_DEFUN([BS_STANDARD], [
	AC_MSG_CHECKING([whether $$1 takes $2])
	bs_save="$$1"
	$1="$$1 $2"
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM()],
		[AC_MSG_RESULT([yes])],
		[AC_MSG_RESULT([no])
		$1="$bs_save"
		BS_MISSING([$3], [$4])])
])

# BS_TEXTCAT_DATA
# The fingerprints that libexttextcat recognises languages by lie in a folder that only its .pc file knows.
AC_DEFUN([BS_TEXTCAT_DATA], [
	AC_ARG_VAR([LIBEXTTEXTCAT_DATADIR], [folder of libexttextcat's fingerprints (fpdb.conf)])
	AC_MSG_CHECKING([for the fingerprints of libexttextcat])
	AS_IF([test -z "$LIBEXTTEXTCAT_DATADIR" && test -n "$PKG_CONFIG"],
		[LIBEXTTEXTCAT_DATADIR=`$PKG_CONFIG --variable=pkgdatadir libexttextcat 2>/dev/null`])
	AS_IF([test -z "$LIBEXTTEXTCAT_DATADIR"], [LIBEXTTEXTCAT_DATADIR=/usr/share/libexttextcat])
	AS_IF([test "$cross_compiling" = yes || test -f "$LIBEXTTEXTCAT_DATADIR/fpdb.conf"],
		[AC_MSG_RESULT([$LIBEXTTEXTCAT_DATADIR])],
		[AC_MSG_RESULT([no])
		BS_MISSING([libexttextcat's $LIBEXTTEXTCAT_DATADIR/fpdb.conf], [libexttextcat-data])])
	AC_DEFINE_UNQUOTED([LIBEXTTEXTCAT_DATADIR], ["$LIBEXTTEXTCAT_DATADIR"],
		[Folder of libexttextcat's fingerprints, with its fpdb.conf.])
])

# BS_TRY_FLAGS(VARIABLE, FLAGS, [LINK])
# Appends those FLAGS that the compiler of the current language takes; with LINK the linker has to take them too.
AC_DEFUN([BS_TRY_FLAGS], [
	AC_MSG_CHECKING([which of $2 $]_AC_CC[ takes])
	bs_taken=
	bs_all="$2"
	bs_save_flags="$[]_AC_LANG_PREFIX[]FLAGS"
	for bs_try in "$bs_all" m4_if([$3], [LINK], [], [$2]); do
		_AC_LANG_PREFIX[]FLAGS="$bs_save_flags $bs_taken $bs_try -Werror"
		m4_if([$3], [LINK], [AC_LINK_IFELSE], [AC_COMPILE_IFELSE])([AC_LANG_PROGRAM()],
			[bs_taken="$bs_taken $bs_try"
			test "x$bs_try" = "x$bs_all" && break])
	done
	_AC_LANG_PREFIX[]FLAGS="$bs_save_flags"
	$1="$$1$bs_taken"
	AC_MSG_RESULT([${bs_taken:-none}])
])

# BS_COMPILER_FLAGS
# Sets WARN_CFLAGS, WARN_CXXFLAGS, HARDEN_CPPFLAGS, HARDEN_CFLAGS, HARDEN_CXXFLAGS, HARDEN_LDFLAGS, LAZY_LDFLAGS and PIE_LDFLAGS.
AC_DEFUN([BS_COMPILER_FLAGS], [
	AC_LANG_PUSH([C])
	BS_TRY_FLAGS([WARN_CFLAGS], [m4_normalize([-Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes
		-Wmissing-prototypes -Wvla -Wformat=2 -Wundef -Wpointer-arith -Wwrite-strings])])
	BS_TRY_FLAGS([HARDEN_CFLAGS], [-fstack-protector-strong])
	BS_TRY_FLAGS([HARDEN_CFLAGS], [-fstack-clash-protection])
	BS_TRY_FLAGS([HARDEN_LDFLAGS], [-Wl,-z,relro], [LINK])
	BS_TRY_FLAGS([HARDEN_LDFLAGS], [-Wl,-z,now], [LINK])
	BS_TRY_FLAGS([HARDEN_LDFLAGS], [-Wl,--as-needed], [LINK])
	BS_TRY_FLAGS([LAZY_LDFLAGS], [-Wl,-z,lazy], [LINK])
	AC_MSG_CHECKING([whether $CC makes position-independent executables by itself])
	AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
#ifndef __PIE__
#error no
#endif
]])],
		[AC_MSG_RESULT([yes])],
		[AC_MSG_RESULT([no])
		BS_TRY_FLAGS([HARDEN_CFLAGS], [-fPIE])
		BS_TRY_FLAGS([PIE_LDFLAGS], [-pie], [LINK])])
	AC_LANG_POP([C])

	AC_LANG_PUSH([C++])
	BS_TRY_FLAGS([WARN_CXXFLAGS], [m4_normalize([-Wall -Wextra -Wshadow -Wconversion -Wvla -Wformat=2 -Wundef
		-Wpointer-arith -Wnon-virtual-dtor])])
	BS_TRY_FLAGS([HARDEN_CXXFLAGS], [-fstack-protector-strong])
	BS_TRY_FLAGS([HARDEN_CXXFLAGS], [-fstack-clash-protection])
	AC_LANG_POP([C++])

	dnl Fortifying needs an optimizer, and gets into the way of the sanitizers; what the user says about it stands.
	AS_CASE([" $CPPFLAGS $CFLAGS "],
		[*_FORTIFY_SOURCE*|*-fsanitize*|*' -O0 '*], [],
		[*' -O'*], [HARDEN_CPPFLAGS="-D_FORTIFY_SOURCE=2"])
	AS_IF([test "$enable_werror" = yes], [
		WARN_CFLAGS="$WARN_CFLAGS -Werror"
		WARN_CXXFLAGS="$WARN_CXXFLAGS -Werror"
	])
	AS_IF([test "$enable_fuzzing" != no], [
		bs_fuzz="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
		CFLAGS="$CFLAGS $bs_fuzz"
		CXXFLAGS="$CXXFLAGS $bs_fuzz"
		HARDEN_CPPFLAGS=
		FUZZ_ENGINE=-fsanitize=fuzzer
		AC_LANG_PUSH([C])
		AC_MSG_CHECKING([whether $CC has libFuzzer])
		AC_LINK_IFELSE([AC_LANG_PROGRAM()], [AC_MSG_RESULT([yes])],
			[AC_MSG_RESULT([no])
			AC_MSG_ERROR([--enable-fuzzing needs clang with its run-time libraries (Debian: clang libclang-rt-dev)])])
		AC_LANG_POP([C])
	])
	AC_SUBST([WARN_CFLAGS])
	AC_SUBST([WARN_CXXFLAGS])
	AC_SUBST([HARDEN_CPPFLAGS])
	AC_SUBST([HARDEN_CFLAGS])
	AC_SUBST([HARDEN_CXXFLAGS])
	AC_SUBST([HARDEN_LDFLAGS])
	AC_SUBST([LAZY_LDFLAGS])
	AC_SUBST([PIE_LDFLAGS])
	AC_SUBST([FUZZ_ENGINE])
])
