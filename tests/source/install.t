#!/usr/bin/perl
# install.t - what `make install` puts where, and under which names
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Source;

use File::Copy ();

my $builddir = top_builddir();
my $srcdir   = top_srcdir();
my $make     = $ENV{MAKE} || 'make';
skip_without(-f "$builddir/Makefile", 'nothing is configured here');

sub is_elf { return slurp($_[0]) =~ /^\x7fELF/ }

ok(is_elf("$builddir/$_"), "$_ in the build tree is the program itself, no script of libtool's")
    for qw(indexer/indexer searcher/searcher searcher/search.cgi);

for my $program (qw(searcher search.cgi)) {
    my $needed = run('readelf', '-d', "$builddir/searcher/$program");
    runs_ok($needed, "readelf reads $program");
    unlike($needed->{stdout}, qr/NEEDED.*lib(?:archive|xml2)\./, "$program does not load what only readers need");
}

sub install {
    my (@variables) = @_;
    my $root = temp_dir();
    my $r    = run({ dir => $builddir, timeout => 300, env => { MAKEFLAGS => undef, MFLAGS => undef } },
        $make, 'install', "DESTDIR=$root", 'prefix=/usr', 'exec_prefix=/usr', 'bindir=/usr/bin', 'libdir=/usr/lib',
        'libexecdir=/usr/libexec', 'includedir=/usr/include', 'datarootdir=/usr/share', 'mandir=/usr/share/man',
        'pkgconfigdir=/usr/lib/pkgconfig', @variables);
    runs_ok($r, "make install @variables");
    return $root;
}

my $root = install('program_transform_name=s,^,broadsheet-,');
for my $program (qw(usr/bin/broadsheet-indexer usr/bin/broadsheet-searcher usr/libexec/broadsheet.cgi)) {
    ok(-x "$root/$program", "$program is installed") or next;
    ok(is_elf("$root/$program"), "$program is a program");
    my $dynamic = run('readelf', '-d', "$root/$program");
    unlike($dynamic->{stdout}, qr/R(?:UN)?PATH/, "$program has no RUNPATH");
    my $version = run("$root/$program", '--version');
    runs_ok($version, "$program runs from there");
}
for my $name (qw(broadsheet-lighttpd.conf broadsheet-apache.conf broadsheet-nginx.conf search.sh search.pl search.py)) {
    ok(-f "$root/usr/share/broadsheet/web/$name", "$name is installed") or next;
    unlike(slurp("$root/usr/share/broadsheet/web/$name"), qr/\@\w+\@/, 'with its places filled in');
}
SKIP: {
    skip 'this build makes no shared libraries', 9 if !-e "$builddir/shim/.libs/libxapian-c.so";
    my @headers = map { s{.*/}{}r } glob "$srcdir/shim/xapian-c*.h";
    none_ok([ grep { !-f "$root/usr/include/$_" } @headers ], 'all headers of libxapian-c are installed');
    ok(-f "$root/usr/share/doc/broadsheet/libxapian-c.md", 'with the reference of every function');
    my $soname = run('readelf', '-d', glob "$root/usr/lib/libxapian-c.so.*.*");
    like($soname->{stdout}, qr/SONAME.*\[libxapian-c\.so\.0\]/, 'the library has a soname');
    my $pc = slurp("$root/usr/lib/pkgconfig/xapian-c.pc");
    like($pc, qr/^Libs: .*-lxapian-c$/m, 'pkg-config knows xapian-c');
    unlike($pc, qr/@\w+@|^Requires:/m, 'which makes nobody link Xapian himself');
    subtest('with what the static library needs, a C compiler links it' => sub {
        plan(skip_all => 'the sanitizers want to be linked too') if under_sanitizers();
        my $dir = temp_dir();
        spew("$dir/version.c", "#include <xapian-c.h>\nint main(void) { return xap_major_version() != 1; }\n");
        my $flags = run({ env => { PKG_CONFIG_PATH => "$root/usr/lib/pkgconfig" } },
            'pkg-config', "--define-variable=prefix=$root/usr", '--static', '--cflags', '--libs', 'xapian-c');
        runs_ok($flags, 'pkg-config tells how') or return;
        # what the static library holds is what this build makes of it, installed or not
        my @flags = map { s{^-lxapian-c$}{$builddir/shim/.libs/libxapianc.a}r } split ' ', $flags->{stdout};
        runs_ok(run('gcc', '-o', "$dir/version", "$dir/version.c", @flags), 'it links');
        runs_ok(run("$dir/version"), 'and runs');
    });
    my ($library) = glob "$root/usr/lib/libxapian-c.so.*.*";
    ok(defined $library, 'libxapian-c.so is installed, with a version') or skip 'it is not there', 1;
    unlike(run('readelf', '-d', $library)->{stdout}, qr/R(?:UN)?PATH/, 'it has no RUNPATH');
}
my @transformed = grep { m{/man[1-9]/broadsheet-} } glob "$root/usr/share/man/man[357]/*";
none_ok(\@transformed, 'manual pages of sections 3, 5 and 7 keep their names');
my @plain = grep { !m{/broadsheet[-.]} } glob "$root/usr/share/man/man[18]/*";
none_ok(\@plain, 'those of programs take the names of the programs');

$root = install('program_transform_name=s/^/old-/;s/$$/.bak/');
ok(-x "$root/usr/bin/old-indexer.bak", 'names follow program_transform_name');

# The names that configure arrives at. It runs on copies of what it reads: a tree that is configured refuses another.
my $copy = temp_dir();
for my $folder (qw(build-aux shim)) {
    mkdir "$copy/$folder" or die "$copy/$folder: $!";
}
for my $file (qw(configure configure.ac aclocal.m4 Makefile.in Makefile.am config.h.in shim/xapian-c.pc.in),
    map { s{^\Q$srcdir\E/}{}r } glob "$srcdir/build-aux/*") {
    next if !-f "$srcdir/$file";
    File::Copy::copy("$srcdir/$file", "$copy/$file") or die "$file: $!";
    chmod 0755, "$copy/$file";
}

sub names {
    my (@options) = @_;
    my $r = run({ dir => $copy, timeout => 300 }, "$copy/configure", '-q', '-C', '--no-create', @options);
    runs_ok($r, "configure @options") or return;
    my ($transform) = slurp("$copy/config.status") =~ /^S\["program_transform_name"\]="(.*)"$/m;
    return if !defined $transform;
    $transform =~ s/\$\$/\$/g;
    return split /\n/, run({ stdin => "indexer\nsearcher\n" }, 'sed', $transform)->{stdout};
}
is_deeply([ names() ], [qw(broadsheet-indexer broadsheet-searcher)], 'by default names begin with broadsheet-');
is_deeply([ names('--program-prefix=') ], [qw(indexer searcher)], '--program-prefix= takes that away');
is_deeply([ names('--program-prefix=bs-', '--program-suffix=-1') ], [qw(bs-indexer-1 bs-searcher-1)],
    'prefix and suffix are free to choose');
is_deeply([ names('--program-suffix=-git') ], [qw(broadsheet-indexer-git broadsheet-searcher-git)],
    'a suffix leaves the prefix alone');
is_deeply([ names('--program-transform-name=s/er$/er2/') ], [qw(indexer2 searcher2)], 'a transformation is all there is');

done_testing();
