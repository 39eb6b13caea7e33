#!/usr/bin/perl
# examples.t - the programs in examples/, and the one in shim/README.md, compile as C against the library as it is installed, and work
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;

my ($top, $build) = (top_srcdir(), top_builddir());
my $libs = "$build/shim/.libs";
skip_without(-e "$libs/libxapian-c.so" && !under_valgrind() && !under_sanitizers(), 'this build makes no shared libraries');
my $dir = temp_dir();

# No C++ compiler, and as old a C as the headers promise.
sub build {
    my ($name, $source) = @_;
    my $r = run('gcc', '-std=c99', '-pedantic', '-Wall', '-Wextra', '-Werror', "-I$top/shim", '-o', "$dir/$name", $source, "-L$libs",
        '-lxapian-c', '-lm');
    runs_ok($r, "$name compiles");
}

sub example { return run({ env => { LD_LIBRARY_PATH => $libs }, ref $_[0] ? %{ +shift } : () }, "$dir/" . shift, @_) }

build($_, "$top/examples/$_.c") for qw(index-lines search-lines facets own-weight spelling);

my $r = example({ stdin => "The archive keeps old newspapers\nA cat & a dog\nArchives are kept\n" }, 'index-lines', "$dir/db");
runs_ok($r, 'index-lines indexes');
$r = example('search-lines', "$dir/db", 'archive');
is($r->{stdout}, "2 results\n100% *Archives* are kept\n 88% The *archive* keeps old newspapers\n", 'search-lines finds, by stems');
$r = example('search-lines', "$dir/db", 'cat AND dog');
is($r->{stdout}, "1 results\n100% A *cat* &amp; a *dog*\n", 'and understands queries');
$r = example('search-lines', "$dir/none", 'cat');
is($r->{status}, 1, 'what is not there is a failure');
like($r->{stderr}, qr/^search-lines: DatabaseNotFoundError: /, 'that is described');

is(example('facets')->{stdout}, "2 sport\n1 politics\n", 'facets counts');
is(example('own-weight')->{stdout}, "3 1.974\n1 0.182\n2 0.182\n4 0.182\n5 0.182\n", 'own-weight weighs');
is(example('spelling', "$dir/words", 'old newpaper artcle')->{stdout}, "did you mean: old newspaper article\n", 'spelling corrects');
is(example('spelling', "$dir/words", 'newspaper')->{stdout}, "nothing to correct\n", 'but only what is wrong');

my ($program) = slurp("$top/shim/README.md") =~ /^```c\n(.*?)^```/ms;
ok(defined $program, 'the README has a program');
spew("$dir/readme.c", $program);
build('readme', "$dir/readme.c");
is(example('readme', "$dir/db", 'dog')->{stdout}, "1 documents\n", 'and it works');

done_testing();
