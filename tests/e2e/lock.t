#!/usr/bin/perl
# lock.t - one writer at a time, and one that is asked to stop
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use Sys::Hostname ();
use JSON::PP ();
use Time::HiRes   qw(sleep time);

my $archive = temp_dir();
write_article("$archive/$_.txt", $_) for 1 .. 400;
write_records("$archive/records.jsonl", 1 .. 600);
my $small = temp_dir();
write_article("$small/$_.txt", 5000 + $_) for 1 .. 3;
my $all = dump_of_new($archive);

# Starts an indexer that is in the midst of its work and has stopped there. What it started with is the result.
sub start_stopped {
    my ($db, @arguments) = @_;
    my $before = -e "$db/lock" ? slurp("$db/lock") : '';    # of the one that ran last
    my $it = start(program('indexer'), '--memory=16M', @arguments, '--db', $db, $archive);
    my $until = time + patience(30);
    # The pid is not ours where something like valgrind is between
    until (-s "$db/lock" && -e "$db/XAPIANDB" && slurp("$db/lock") =~ /^command .*\n/m && slurp("$db/lock") ne $before) {
        BAIL_OUT('the indexer takes no lock') if time > $until;
        sleep 0.005;
    }
    sleep 0.05;
    kill 'STOP', $it->{pid};
    return $it;
}

subtest 'a second indexer' => sub {
    my $db = temp_dir() . '/db';
    my $it = start_stopped($db);
    my ($host, $pid) = (Sys::Hostname::hostname(), $it->{pid});
    my $lock = slurp("$db/lock");
    like($lock, qr/^pid $pid\n/m, 'the lock file holds the pid') if !under_valgrind();
    like($lock, qr/^host \Q$host\E\n/m, 'and the host');
    like($lock, qr/^start \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n/m, 'and when it started');
    like($lock, qr/^command .*indexer --memory=16M --db \Q$db $archive\E\n/m, 'and the command');

    my $r = indexer('--db', $db, $small);
    is($r->{status}, 75, 'ends with 75');
    cmp_ok($r->{seconds}, '<', patience(2), 'at once');
    like($r->{stderr}, qr/another indexer is at work/, 'and says why');
    like($r->{stderr}, qr/pid \d+, host \Q$host\E, start 20\S+, command \S*indexer --memory=16M/, 'naming holder, start and command');
    is(() = $r->{stderr} =~ /\n/g, 1, 'in one line');
    $r = indexer('-q', '--db', $db, '--report=json', $small);
    my $report = eval { JSON::PP::decode_json($r->{stdout}) } || {};
    is("$r->{status} $report->{status} $r->{stderr}", '75 75 ', '-q --report=json: the status is in the report');
    like($report->{error}, qr/another indexer is at work.*pid \d+/, 'with the reason');
    $r = indexer('--db', $db, '--skip-if-locked', $small);
    is("$r->{status} $r->{stdout}$r->{stderr}", '0 ', '--skip-if-locked: 0, and not a word');
    is(indexer('--db', $db, '--compact')->{status}, 75, '--compact needs the lock too');
    is(indexer('--db', $db, '--rebuild', $small)->{status}, 75, 'and --rebuild');
    is(indexer('--db', $db, '--info')->{status}, 0, '--info does not');
    $r = indexer('--db', $db, '--lock-wait=0.5', $small);
    is($r->{status}, 75, '--lock-wait ends with 75 when the time is over');
    cmp_ok($r->{seconds}, '>=', 0.4, 'not before');

    my $waiting = start(program('indexer'), '--db', $db, '--lock-wait=60', $small);
    sleep patience(0.3);
    kill 'TERM', $waiting->{pid};
    my $asked = time;
    $r = finish($waiting);
    is($r->{status}, 143, 'one that waits can be asked to stop');
    cmp_ok(time - $asked, '<', patience(5), 'and does so at once');

    my @late;
    for my $delay (map { $_ * 0.004 } 1 .. 25) {    # from before it catches signals to the midst of its waiting
        my $one = start(program('indexer'), '--db', $db, '--lock-wait=60', $small);
        sleep $delay;
        kill 'TERM', $one->{pid};
        $r = finish($one);
        push @late, "$delay: $r->{seconds}" if $r->{seconds} > patience(5);
    }
    is("@late", '', 'whenever that is');

    $waiting = start(program('indexer'), '--db', $db, '--lock-wait=60', $small);
    sleep patience(0.2);
    kill 'CONT', $it->{pid};
    is(finish($it)->{status}, 0, 'the first one ends');
    runs_ok(finish($waiting), 'and the one that waited has its turn');
    is(() = dump_of($db) =~ /\n/g, 1003, 'the index has what both were to add');
    is(is_sound($db), '', 'and is sound');
    $it = start_stopped($db, '--rebuild');
    kill 'KILL', $it->{pid};
    finish($it);
    is(indexer('--db', $db, $small)->{status}, 0, 'a lock whose holder died is no lock');
};

subtest 'signals that are ignored' => sub {
    my $db = temp_dir() . '/db';
    my $it = start_stopped($db, { before => sub { $SIG{$_} = 'IGNORE' for qw(HUP INT) } });
    kill $_, $it->{pid} for qw(HUP INT);
    kill 'CONT', $it->{pid};
    is(finish($it)->{status}, 0, 'remain so: a run under nohup ends by itself');
    is_same_dump(dump_of($db), $all, 'and has indexed all');
};

subtest 'a lock file that was removed' => sub {
    my $db = temp_dir() . '/db';
    my $it = start_stopped($db);
    unlink "$db/lock" or die $!;
    my $r = indexer('--db', $db, $small);
    is($r->{status}, 75, 'a first build is not disturbed: 75') or diag($r->{stderr});
    like($r->{stderr}, qr/another indexer is at work/, 'and it says why');
    kill 'CONT', $it->{pid};
    $r = finish($it);
    is($r->{status}, 75, 'who lost the lock makes nothing current: 75');
    like($r->{stderr}, qr{\Q$db\E/lock: was removed or replaced}, 'and says why');
    is(indexer('--db', $db, '-q', $archive)->{status}, 0, 'the next run carries on');
    is_same_dump(dump_of($db), $all, 'to the same end');
    is(is_sound($db), '', 'and the index is sound');

    $it = start_stopped($db, '--rebuild');
    unlink "$db/lock" or die $!;
    is(indexer('--db', $db, '--rebuild', $archive)->{status}, 75, 'nor is a rebuild by another one');
    $r = indexer('--db', $db, '-q', $small);
    is($r->{status}, 0, 'which an update need not wait for') or diag($r->{stderr});
    kill 'CONT', $it->{pid};
    is(finish($it)->{status}, 75, 'who lost the lock makes nothing current: 75');
    is(() = dump_of($db) =~ /\n/g, 1003, 'and the update is there');
    is(is_sound($db), '', 'the index is sound');
    is(scalar(() = glob "$db/gen-*"), 1, 'nothing is left of the rebuild');
};

subtest 'many at once' => sub {
    my $db = temp_dir() . '/db';
    my (@roots, @started);
    for my $n (1 .. 6) {
        push @roots, temp_dir();
        write_article("$roots[-1]/$_.txt", 100 * $n + $_) for 1 .. 20;
    }
    push @started, start(program('indexer'), '-q', '--db', $db, '--lock-wait=60', $_) for @roots;
    is(join(' ', map { finish($_)->{status} } @started), '0 0 0 0 0 0', 'all that wait have their turn');
    is_same_dump(dump_of($db), dump_of_new(@roots), 'and nothing of any is lost');
    $db      = temp_dir() . '/db';
    @started = map { start(program('indexer'), '-q', '--db', $db, $_) } @roots;
    my @status = map { finish($_)->{status} } @started;
    my $ended = grep { $_ == 0 } @status;
    is(scalar(grep { $_ == 75 } @status), 6 - $ended, "those that do not wait end with 0 or 75 (@status)");
    is(() = dump_of($db) =~ /\n/g, 20 * $ended, 'and only those with 0 have written');
    is(is_sound($db), '', 'the index is sound');
};

subtest 'asked to stop' => sub {
    for ([ TERM => 143 ], [ INT => 130 ]) {
        my ($signal, $status) = @$_;
        for my $option ([], $signal eq 'TERM' ? ['--rebuild'] : ()) {
            my $db = temp_dir() . '/db';
            my $generation;
            if (@$option) {
                is(indexer('--db', $db, $small, $archive)->{status}, 0, 'all is indexed');
                $generation = generation($db);
                write_article("$archive/new.txt", 901);
            }
            my $it = start_stopped($db, @$option);
            kill $signal, $it->{pid};
            kill 'CONT',  $it->{pid};
            my $r = finish($it);
            is($r->{status}, $status, "SIG$signal: $status @$option") or diag($r->{stderr});
            cmp_ok($r->{seconds}, '<', patience(10), 'soon');
            like($r->{stderr}, qr/\d+ articles? added.*; stopped before its end, the next run carries on$/m, 'with a summary');
            is(is_sound($db), '', 'the index is sound');
            my %whole = map { $_ => 1 } split /\n/, $all;
            if (@$option) {
                is(generation($db), $generation, 'the old generation stays');
                unlink "$archive/new.txt";
            }
            else {
                my @there = split /\n/, dump_of($db);
                cmp_ok(scalar @there, '<', 1000, 'part of it is missing');
                is(scalar(grep { !$whole{$_} } @there), 0, 'what is there is whole');
            }
            is(indexer('--db', $db, '-q', @$option, @$option ? $small : (), $archive)->{status}, 0, 'the next run carries on');
            is_same_dump(dump_of($db), @$option ? dump_of_new($small, $archive) : $all, 'to the same end as an undisturbed one');
            is(is_sound($db), '', 'and the index is sound');
        }
    }
};

done_testing();
