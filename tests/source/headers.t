#!/usr/bin/perl
# headers.t - each file says what it is and under which licence; each header compiles alone
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

my @written = source_files(qr{\.(?:c|h|cc|pm|t|mk|m4|ac|am|sh|in)$|^(?:quickstart|run-tests|\.ci/run|build-aux/[\w-]+)$|^tests/fresh/});
@written = grep { !m{^(?:corpus/(?!local\.mk)|tests/(?:golden|fixtures|fuzz/seeds)/)} } @written;

my (@nameless, @unlicensed);
for my $file (@written) {
    my @head = split /\n/, substr(slurp(top_srcdir() . "/$file"), 0, 6000);
    shift @head if @head && $head[0] =~ /^#!/;
    (my $name = $file) =~ s{.*/}{};
    $name =~ s{\.in$}{};
    my $says = ($head[0] // '') =~ m{^(?:/\*|//|#|dnl) (\S+) - \S} ? $1 : '';
    if    ($file =~ m{^(.*/)local\.mk$}) { $name = $1 if $says ne $name }
    elsif ($file =~ /\.pm$/)      { $name = "Broadsheet::" . $name =~ s/\.pm$//r }
    push @nameless, "$file: " . ($head[0] // 'empty') if $says ne $name;
    push @unlicensed, $file if !grep { /SPDX-License-Identifier: GPL-2\.0-or-later/ } @head;
}
none_ok(\@nameless,   'the first line of each file has its name and says what it is');
none_ok(\@unlicensed, 'each file names its licence');

my @cc    = split ' ', $ENV{CC}  || 'cc -std=gnu17';
my @cxx   = split ' ', $ENV{CXX} || 'c++ -std=gnu++17';
my @flags = split ' ', $ENV{TEST_CPPFLAGS} || '-I' . top_srcdir() . ' -I' . top_builddir();
@flags = map { s/^"|"$//gr } @flags;

# A file that includes nothing but HEADER, compiled so.
sub compiles {
    my ($header, $language, @command) = @_;
    my $r = run({ stdin => qq{#include "$header"\nextern int nothing;\n} },
        @command, @flags, '-Wall', '-Wextra', '-Werror', '-fsyntax-only', "-x$language", '-');
    return $r->{status} == 0 ? 1 : diag($r->{stderr}) && 0;
}

for my $header (grep { /\.h$/ && !m{^bench/} } c_files()) {
    if ($header =~ m{^shim/xapian-c}) {
        ok(compiles($header, 'c', @cc, '-std=c99', '-pedantic'), "$header compiles alone as C99");
        ok(compiles($header, 'c', @cc, '-std=c17', '-pedantic'), "$header compiles alone as C17");
        ok(compiles($header, 'c', @cc, '-std=c2x', '-pedantic'), "$header compiles alone as C23");
        ok(compiles($header, 'c++', @cxx, '-std=c++11', '-pedantic'), "$header compiles alone as C++11");
        ok(compiles($header, 'c++', @cxx, '-std=c++17', '-pedantic'), "$header compiles alone as C++17");
    }
    elsif ($header =~ m{^shim/}) {
        ok(compiles($header, 'c++', @cxx), "$header compiles alone as C++17");
    }
    else {
        ok(compiles($header, 'c', @cc), "$header compiles alone");
    }
}

done_testing();
