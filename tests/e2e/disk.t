#!/usr/bin/perl
# disk.t - disks that are full or read-only
#
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Archive;

use POSIX ();

my $archive = temp_dir();
write_article("$archive/$_.txt", $_, 0, 100) for 1 .. 150;
my $expected = dump_of_new($archive);

subtest 'a full disk' => sub {
    plan skip_all => 'only root can mount a small disk' if $> != 0;
    my $disk = temp_dir();
    my $r = run('mount', '-t', 'tmpfs', '-o', 'size=400k', 'tmpfs', $disk);
    plan skip_all => "cannot mount a small disk: $r->{stderr}" if $r->{status} != 0;
    eval {
        $r = indexer('--db', "$disk/db", '--memory=16M', $archive);
        is($r->{status}, 74, 'the disk gets full: 74');
        like($r->{stderr}, qr/^\S+: \Q$disk\E\/db.*No space left on device/m, 'with the reason');
        is(is_sound("$disk/db"), '', 'the index is sound');
        $r = indexer('--db', "$disk/db", '--memory=16M', $archive);
        is($r->{status}, 74, 'as long as it is full: 74');
        is(is_sound("$disk/db"), '', 'the index is sound');
        is(run('mount', '-o', 'remount,size=64m', $disk)->{status}, 0, 'the disk grows');
        $r = indexer('--db', "$disk/db", '-q', $archive);
        is($r->{status}, 0, 'the next run carries on');
        is_same_dump(dump_of("$disk/db"), $expected, 'and comes to the same articles');

        my $room = tree_size("$disk/db") + 200_000;
        is(run('mount', '-o', "remount,size=$room", $disk)->{status}, 0, 'there is no room for a second generation');
        for my $option ('--rebuild', '--compact') {
            $r = indexer({ env => { leaky_compaction() } }, '--db', "$disk/db", $option, '--memory=16M',
                $option eq '--compact' ? () : $archive);
            is($r->{status}, 74, "$option on a full disk: 74") or diag($r->{stderr});
            is_same_dump(dump_of("$disk/db"), $expected, 'the index is as it was');
            $r = searcher('--db', "$disk/db", 'council');
            is($r->{status}, 0, 'it can be searched');
        }
        is(run('mount', '-o', 'remount,size=64m', $disk)->{status}, 0, 'the disk grows');
        is(indexer('--db', "$disk/db", '-q', $archive)->{status}, 0, 'the next run succeeds');
        is(scalar(() = glob "$disk/db/gen-*"), 1, 'and removes what was left half done');
        is(run('mount', '-o', 'remount,ro', $disk)->{status}, 0, 'the disk is read-only now');
        is(searcher('--db', "$disk/db", 'council')->{status}, 0, 'a read-only index can be searched');
        is(indexer('--db', "$disk/db", $_)->{status}, 0, "$_ works on a read-only disk") for '--info', '--dump';
        $r = indexer('--db', "$disk/db", $archive);
        is($r->{status}, 77, 'it cannot be written: 77');
        like($r->{stderr}, qr/Read-only file system/, 'with the reason');
        1;
    } or fail("died: $@");
    is(run('umount', $disk)->{status}, 0, 'nothing holds the disk');
};

sub tree_size {
    my ($dir) = @_;
    my $size = 0;
    $size += length for values %{ tree_files($dir) };
    return $size;
}

subtest 'a limit on the size of files' => sub {
    my $db = temp_dir() . '/db';
    my $r = run('/bin/sh', '-c', 'ulimit -f 200 && exec "$@"', '-', program('indexer'), '--db', $db, $archive);
    is($r->{status}, 74, 'a file that may not grow: 74');
    like($r->{stderr}, qr/File too large/, 'with the reason');
    is(indexer('--db', $db, '-q', $archive)->{status}, 0, 'the next run without the limit carries on');
    is_same_dump(dump_of($db), $expected, 'and comes to the same articles');
};

subtest 'a folder that may only be read' => sub {
    my $home = temp_dir();
    is(indexer('--db', "$home/db", '-q', $archive)->{status}, 0, 'an index');
    my %as_user;
    if ($> == 0) {
        $as_user{before} = sub {
            POSIX::setgid(65_534) or die "setgid: $!\n";
            POSIX::setuid(65_534) or die "setuid: $!\n";
        };
        chmod 0755, $home, $archive;
        plan skip_all => 'another user cannot run the program' if (run(program('indexer'), '--version', \%as_user)->{status} // 1) != 0;
    }
    else {
        chmod 0555, "$home/db", glob "$home/db/gen-*";
        chmod 0444, glob("$home/db/gen-*/*"), "$home/db/lock", "$home/db/XAPIANDB";
    }
    my $before = tree_files("$home/db");
    my $r = indexer('--db', "$home/db", $archive, \%as_user);
    is($r->{status}, 77, 'it cannot be written: 77');
    like($r->{stderr}, qr/Permission denied/, 'with the reason');
    $r = indexer('--db', "$home/new", $archive, \%as_user);
    is($r->{status}, 77, 'no index can be made where nothing may be written: 77') if $> == 0;
    is(searcher('--db', "$home/db", 'council', \%as_user)->{status}, 0, 'it can be searched');
    is(indexer('--db', "$home/db", $_, \%as_user)->{status}, 0, "$_ works") for '--info', '--dump';
    is(indexer('--db', "$home/db", '--check', \%as_user)->{status}, 77, '--check does not, Xapian opens for writing what it checks: 77');
    is(indexer('--db', "$home/db", '--verify', $archive, \%as_user)->{status}, 0, '--verify works');
    is_deeply(tree_files("$home/db"), $before, 'nothing was changed');
    chmod 0755, "$home/db", glob "$home/db/gen-*";
};

done_testing();
