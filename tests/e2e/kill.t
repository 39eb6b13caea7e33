#!/usr/bin/perl
# kill.t - SIGKILL at any moment, and calls of the system that fail: nothing is lost but what was not committed
#
# BROADSHEET_KILLS=200: so many kills of a running indexer at random moments (20). BROADSHEET_FAULTS=all: every call in turn, not a sample.
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use Errno qw(EIO ENOSPC);
use File::Path qw(remove_tree);
use Time::HiRes qw(sleep time);

my $kills = $ENV{BROADSHEET_KILLS} || (under_sanitizers() || under_valgrind() ? 6 : 20);
my $every = ($ENV{BROADSHEET_FAULTS} || '') eq 'all';
my @small_memory = ('--memory=16M', '-q');

my $seed = $ENV{BROADSHEET_SEED} || time;
srand $seed;
note "seed $seed: BROADSHEET_SEED=$seed kills at the same moments";

# Two states of one archive: files that change, come and go, and records that do.
sub write_state {
    my ($archive, $state, $n, $sentences) = @_;
    for my $i (1 .. $n) {
        my $path = "$archive/$i.txt";
        if ($i % 10 == 3 + $state) { unlink $path }
        else { write_article($path, $i, $i % 4 == $state ? 1 + $state : 0, $sentences) }
        age($path, 3600 - 600 * $state) if -e $path;
    }
    write_records("$archive/records.jsonl", map { [ $_, $_ % 5 == $state ? 1 : 0 ] } 1 + 10 * $state .. $n);
    age("$archive/records.jsonl", 3600 - 600 * $state);
    return;
}

subtest 'killed at random moments' => sub {
    my $archive = temp_dir();
    my $n = 120;
    my @dump;
    my %time;
    for my $state (1, 0) {
        write_state($archive, $state, $n, 80);
        $dump[$state] = dump_of_new($archive);
    }
    my $db = temp_dir() . '/db';
    my ($hit, $damaged, $different, $failed, $state) = (0, 0, 0, 0, 0);
    my @modes = qw(build update rebuild);
    for my $mode (@modes) {    # undisturbed, to know how long it takes
        $state = 1, write_state($archive, 1, $n, 80) if $mode eq 'update';
        my $r = indexer('--db', $db, @small_memory, $mode eq 'rebuild' ? '--rebuild' : (), $archive);
        is($r->{status}, 0, "an undisturbed $mode succeeds");
        $time{$mode} = $r->{seconds};
    }
    my %hits;
    my $try = 0;
    while ($hit < $kills && $try < 5 * $kills) {
        my $mode = $modes[ ++$try % 3 ];
        remove_tree($db) if $mode eq 'build';
        write_state($archive, $state = 1 - $state, $n, 80) if $mode eq 'update';
        my $it = start(program('indexer'), '--db', $db, @small_memory, $mode eq 'rebuild' ? '--rebuild' : (), $archive);
        sleep rand $time{$mode};
        kill 'KILL', $it->{pid};
        my $r = finish($it);
        if ($r->{signal} == 9) { $hit++, $hits{$mode}++ }
        else                   { $time{$mode} *= 0.9 }      # too late
        next if !-e "$db/XAPIANDB";    # killed before there was an index
        my $wrong = is_sound($db);
        $damaged++, diag("kill $try, $mode: $wrong") if length $wrong;
        next if $try % 3 && $hit < $kills;
        my $end = indexer('--db', $db, @small_memory, $archive);
        $failed++, diag($end->{stderr}) if $end->{status} != 0;
        $different++, is_same_dump(dump_of($db), $dump[$state], "after kill $try") if dump_of($db) ne $dump[$state];
    }
    is($hit, $kills, "$hit of $try kills hit a running indexer (" . join(', ', map { "$_ " . ($hits{$_} || 0) } @modes) . ')');
    is($damaged, 0, 'after each the index is sound, to --check' . (has_xapian_check() ? ' and xapian-check' : ' (xapian-check is not installed)'));
    is($failed, 0, 'the next run carries on');
    is($different, 0, 'and comes to the same articles as an undisturbed one');
    my $end = indexer('--db', $db, @small_memory, '--rebuild', $archive);
    is($end->{status}, 0, 'an unfinished rebuild can be finished');
    is_same_dump(dump_of($db), $dump[$state], 'and comes to the same articles');
    is(scalar(() = glob "$db/gen-*"), 1, 'one generation is left');
};

# ---- the n-th call

my $library = temp_dir() . '/fault.so';
my $cc = $ENV{CC} || 'cc';
my $made = run(split(' ', $cc), '-shared', '-fPIC', '-O1', '-o', $library, top_srcdir() . '/tests/lib/fault.c', '-ldl');
my $usable = $made->{status} == 0 && !under_valgrind() && -d '/proc/self/fd';
my @sanitized = under_sanitizers() ? (ASAN_OPTIONS => ($ENV{ASAN_OPTIONS} ? "$ENV{ASAN_OPTIONS}:" : '') . 'verify_asan_link_order=0') : ();

my $archive = temp_dir();
write_state($archive, 0, 12, 4);
my $other = temp_dir();    # what an update makes of it
write_state($other, 0, 12, 4);

# The situations that a fault may hit, each from the same start: [name, index to start from, arguments]
my $pristine = temp_dir();
is(indexer('--db', "$pristine/db", '-q', $archive)->{status}, 0, 'an index to start from');
my $before = dump_of("$pristine/db");
write_state($archive, 1, 12, 4);
my $after = dump_of_new($archive);
my @situations = (
    [ 'a first build', 0, [$archive] ],
    [ 'an update',     1, [$archive] ],
    [ 'a rebuild',     1, [ '--rebuild', $archive ] ],
    [ 'a compaction',  1, ['--compact'] ],
);

sub copy_index {
    my ($from, $to) = @_;
    remove_tree($to);
    my $files = tree_files($from);
    spew("$to/$_", $files->{$_}) for keys %$files;
    return;
}

my ($scratch, $files) = (temp_dir(), 0);
sub temp_file { return "$scratch/" . $files++ }

# Runs the indexer with the n-th of these calls hit. Returns the result, and what was hit ('' where there are fewer).
sub run_with_fault {
    my ($db, $calls, $n, $error, $sticky, @arguments) = @_;
    my $log = temp_file();
    my $r = indexer({ env => {
        LD_PRELOAD  => $library, FAULT_UNDER => $db, FAULT_CALLS => $calls, FAULT_AT => $n, FAULT_ERROR => $error,
        FAULT_LOG   => $log, FAULT_STICKY => $sticky ? 1 : undef, @sanitized, leaky_compaction(),
    } }, '--db', $db, '-q', @arguments);
    return ($r, -e $log ? slurp($log) : '');
}

# All n in turn; or, with a sample, the first so many and then ever fewer. Returns how many fired, and what was wrong.
sub sweep {
    my ($situation, $calls, $sample, $error, $sticky, $check) = @_;
    my ($name, $start, $arguments) = @$situation;
    my $db = temp_dir() . '/db';
    my ($n, $fired, @wrong) = (1, 0);
    while (1) {
        remove_tree($db);
        copy_index("$pristine/db", $db) if $start;
        my ($r, $hit) = run_with_fault($db, $calls, $n, $error, $sticky, @$arguments);
        last if !length $hit;
        $fired++;
        my $wrong = $check->($r);
        $wrong ||= is_sound($db, !$every) if -e "$db/XAPIANDB";
        if (!$wrong && $start && $arguments->[-1] eq '--compact') {
            my $dump = dump_of($db);
            $wrong = 'a compaction changed the articles' if $dump ne $before;
        }
        if (!$wrong) {
            my $next = indexer('--db', $db, '-q', @$arguments);
            $wrong = "the next run: status $next->{status}, $next->{stderr}" if $next->{status} != 0;
        }
        if (!$wrong) {
            my $expected = $arguments->[-1] eq '--compact' ? $before : $after;
            $wrong = 'other articles' if dump_of($db) ne $expected;
        }
        $wrong ||= is_sound($db) if $every;
        push @wrong, "$hit$wrong" if $wrong;
        $n += $every || !$sample ? 1 : 1 + int($n / $sample);
    }
    return ($fired, @wrong);
}

SKIP: {
    skip "no faults can be made here: $made->{stderr}", 1 if !$usable;
    for my $situation (@situations) {
        my ($fired, @wrong);
        for ([ 'srmu', 0, 'each fsync, rename, mkdir and unlink' ], [ 'wot', 2, 'writes' ]) {
            last if under_sanitizers() && !$every;    # what is killed reports nothing
            my ($calls, $sample, $what) = @$_;
            ($fired, @wrong) = sweep($situation, $calls, $sample, 0, 0, sub { return $_[0]{signal} == 9 ? '' : 'it went on' });
            ok($fired > 0 && !@wrong, "$situation->[0], killed at $what ($fired kills): nothing is lost") or diag(map { "$_\n" } @wrong);
        }
        for ([ ENOSPC, 1, 'wmo', 'the disk is full from one on' ],
            [ EIO, 0, 'wsro', 'one fails' ])
        {
            my ($error, $sticky, $calls, $what) = @$_;
            ($fired, @wrong) = sweep($situation, $calls, 2, $error, $sticky, sub {
                my ($r) = @_;
                return "killed by signal $r->{signal}: $r->{stderr}" if $r->{signal};
                return '' if $r->{status} == 0 && !$sticky && $r->{stderr} eq '';    # of no matter
                return "status $r->{status}: $r->{stderr}" if $r->{status} !~ /^7[34]$/;
                return "no message: $r->{stderr}" if $r->{stderr} !~ /^\S+: .+\n/;
                return '';
            });
            ok($fired > 0 && !@wrong, "$situation->[0], calls that write, $what ($fired faults): it says so, and nothing is lost")
                or diag(map { "$_\n" } @wrong);
        }
    }
}

done_testing();
