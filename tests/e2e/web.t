#!/usr/bin/perl
# web.t - search.cgi and the scripts of contrib/cgi behind lighttpd and Apache, search.cgi behind nginx: each asked over HTTP, and attacked
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Web;
use Encode ();
use JSON::PP;
use POSIX ();
use Time::HiRes ();

skip_without(!under_valgrind(), 'servers start the programs themselves: cgi.t runs them under valgrind');
my %servers = (lighttpd => \&lighttpd, Apache => \&apache, nginx => \&nginx);
my %there   = (lighttpd => have_lighttpd(), Apache => have_apache(), nginx => have_nginx());
my %package = (lighttpd => 'lighttpd', Apache => 'apache2-bin', nginx => 'nginx-light and fcgiwrap');
skip_without($there{lighttpd} || $there{Apache} || $there{nginx}, 'no web server is installed (Debian: lighttpd, apache2-bin, nginx-light and fcgiwrap)');

sub is_in_path { my ($name) = @_; return scalar grep { -x "$_/$name" } qw(/usr/local/bin /usr/bin /bin) }
my @scripts = grep { $_ ne 'search.py' || is_in_path('python3') } qw(search.sh search.pl search.py);

# An index with the corpus, and articles that are attacks: readable for whoever a server starts programs as.
my $dir = temp_dir();
my $xss = q{<script>alert(1)</script><img src=x onerror=alert(1)>"'>]]>&};
spew("$dir/evil.jsonl", map { encode_json($_) . "\n" }
    { id => 'e1', title => "Needle $xss", body => "Needle $xss in the body. $xss", authors => [$xss], source => $xss, url => 'javascript:alert(1)' },
    { id => 'e2', title => 'Needle', body => 'Needle too.', source => $xss, url => 'https://example.org/"><script>alert(1)</script>' });
runs_ok(indexer('-q', '--exclude=broken', '--db', "$dir/db", corpus(), "$dir/evil.jsonl"), 'the corpus is indexed');
chmod 0755, $dir;
my $searcher = spew("$dir/broadsheet-searcher", slurp(program('searcher')));
chmod 0755, $searcher;
my %env = (BROADSHEET_DB => "$dir/db", BROADSHEET_SEARCHER => $searcher);
$env{$_} = $ENV{$_} for grep { defined $ENV{$_} } qw(ASAN_OPTIONS UBSAN_OPTIONS);
my %programs = (
    'broadsheet.cgi' => cgi_program(), map { $_ => top_srcdir() . "/contrib/cgi/$_" } @scripts,
);

# A searcher that never ends, and one that says what it has to say.
my $endless = spew("$dir/endless", "#!$^X\nprint STDERR qq(endless: begins\\n);\n1 while 1;\n");
chmod 0755, $endless;

my ($marked, $xss_shown) = ('Dandong', '&lt;script&gt;alert(1)&lt;/script&gt;');

# What every program has to do, at PATH of SERVER.
sub check {
    my ($server, $path) = @_;
    my $name = "$server->{name}$path";
    my $ours = $path eq '/search';
    my $get  = sub { my ($query, $options) = @_; return http($server, "$path?$query", $options) };

    my $a = $get->('q=forced+repatriation+Dandong');
    is($a->{status}, 200, "$name: a question is answered") or diag($a->{body}, server_errors($server));
    like($a->{body}, qr{Beijing Resumes}, "$name: with the right article");
    answer_is_safe($a, "$name: safely");
    my $exact = $ours ? qr{<input type="search" id="q" name="q" value="(.*?)"} : qr{<input name="q"[^>]* value="(.*?)"};
    is(($a->{body} =~ $exact)[0], 'forced repatriation Dandong', "$name: and the question in its field");
    like($get->('q=%E4%B8%B9%E4%B8%9C')->{body}, qr{丹东}, "$name: Chinese is found");
    like($get->("q=\xe4\xb8\xb9\xe4\xb8\x9c")->{body}, qr{丹东}, "$name: also where it comes without escapes");
    is($get->('')->{status}, 200, "$name: no question gives the form");
    like($get->('q=xyzzyplugh')->{body}, qr{Nothing found}, "$name: nothing found says so");
    is($get->('q=' . 'a' x 4097)->{status}, 400, "$name: too long a question is 400");
    is($get->('q=' . 'w* ' =~ s/ /+/r x 9)->{status}, 400, "$name: so is one that costs too much");
    unlike($a->{body}, qr{\Q@{[ corpus() ]}\E|/corpus/|\.jsonl|\.txt}, "$name: it is not told where articles lie");
    $a = $get->('q=ferry%e2%80%aegnp%e2%81%a6x%c2%9by');
    unlike($a->{body}, qr/\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xc2[\x80-\x9f]/, "$name: what turns the direction of text is left out");
    $a = $get->('q=ferry', { body => 'x' x 70_000 });
    like($a->{status}, qr/^(?:413|400)$/, "$name: a body over the limit is 413, or refused by the server itself");
    like($get->('q=ferry', { body => 'x' x 1000 })->{status}, qr/^(?:200|400)$/, "$name: one below it is passed over, or the same");

    my $head = $get->('q=ferry', { method => 'HEAD' });
    is($head->{status}, 200, "$name: HEAD is answered");
    is($head->{body}, '', "$name: without a body");
    my $post = $get->('q=ferry', { method => 'POST', body => 'q=ferry', headers => ['Content-Type: application/x-www-form-urlencoded'] });
    is($post->{status}, 405, "$name: POST is 405");
    like(header($post, 'allow') // '', qr/GET, HEAD/, "$name: saying what is allowed");

    # What comes back of the attacks is text.
    $a = $get->('q=needle');
    is($a->{status}, 200, "$name: articles full of markup are shown");
    like($a->{body}, qr{\Q$xss_shown\E}, "$name: as text");
    is(has_script($a->{body}), '', "$name: and nothing else");
    unlike($a->{body}, qr{href="(?!https?://|\?)}i, "$name: no address but of the web is a link");

    my (@wrong, $asked);
    my $survives = sub {
        my ($request, $options) = @_;
        my $a = http($server, $request, $options);
        $asked++;
        my $unsafe = has_script($a->{body});
        push @wrong, substr("$request: $unsafe", 0, 200) if $unsafe;
        push @wrong, substr("$request: $a->{status}", 0, 200) if $a->{status} !~ /^(?:200|301|400|403|404|405|411|413|414|417|431|501)$/;
        push @wrong, substr("$request: control characters", 0, 200) if $a->{body} =~ /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/;
        push @wrong, "$request: passwd" if $a->{body} =~ /root:.*:0:0:/;
        my $chars = eval { Encode::decode('UTF-8', my $copy = $a->{body}, Encode::FB_CROAK()) };
        push @wrong, substr("$request: not UTF-8", 0, 200) if !defined $chars;
    };
    my $markup = encode_param(q{"><script>alert(1)</script><img src=x onerror=alert(1)>'});
    $survives->("$path?$_") for (
        (map { "$_=$markup" } qw(q index page n sort since until language format id db template)),
        (map { "q=ferry&$_=$markup" } qw(index page n sort since until language format id path file)),
        (map { "q=$_" . 'ferry' . $_ } qw(%00 %09 %0a %0d %a0 %ef%bb%bf %ff %c0%80 %zz % %25)),
        (map { "q=$_" } qw(-c/dev/zero --show=x --db=/etc --help -- - -n5 --batch=/etc/passwd --config=/etc/passwd --version), '%60id%60', '$(id)', '|id', ';id', '%0aid',
            '../../../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%27%3Bid%3B%27', '%22%24%28id%29%22', '%5c', '*', '%3F', '%7E', '%2A%2F%2A'),
        (map { "$_=../../../../etc/passwd" } qw(index id path language template file)),
        '-c/dev/zero', '-d+allow_url_include', '-s', '--help', '-h+x', '&', '&&&', '%', 'q', '=', 'q=', 'q==', 'q&q', '+', '%00', '%ff',
        join('&', map { "x$_=1" } 1 .. 500), 'q=' . 'a' x 7000, 'q=' . '%26' x 2000, 'q=' . '((' x 60 . 'a',
    );
    $survives->("$path/$markup?q=ferry"), $survives->("$path/../../../etc/passwd"), $survives->("$path%00?q=ferry"), $survives->("$path/..%2f..%2fetc/passwd");
    $survives->("$path?q=ferry", { headers => [$_] }) for 'Cookie: q=<script>alert(1)</script>; x="', 'Proxy: http://127.0.0.1:9/', 'User-Agent: () { :;}; echo; echo vulnerable',
        'Referer: javascript:alert(1)', 'Accept-Language: <script>alert(1)</script>', 'X-Forwarded-Host: "><script>alert(1)</script>', 'Content-Type: text/<script>';
    $survives->("$path?q=ferry", { method => $_ }) for qw(PUT DELETE OPTIONS TRACE PATCH);
    $survives->("$path?q=ferry", { headers => ["Content-Length: $_"], method => 'POST' }) for 0;
    is_deeply(\@wrong, [], "$name: $asked odd requests do no harm") or diag(join "\n", @wrong);

    for my $length (-1, '1' . '0' x 20, 'many', '') {
        $a = http_bytes($server, "GET $path?q=ferry HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: $length\r\n\r\n");
        like($a->{status}, qr/^(?:0|200|400|411|413|501)$/, "$name: a body of '$length': $a->{status}");
    }
    my $plain = $get->('q=ferry')->{body};
    is($get->('q=ferry', { headers => [ 'Cookie: q=Dandong', 'Proxy: http://127.0.0.1:9/', 'Broadsheet-Db: /etc' ] })->{body}, $plain, "$name: cookies and odd headers change nothing");
    return;
}

# Requests that take too long. The scripts have a searcher that never ends; ours waits for its configuration, a pipe that nobody
# writes to, until the clock of the processor's time is moved by hand.
sub check_time {
    my ($kind) = @_;
    my $fifo = "$dir/fifo-$kind";
    POSIX::mkfifo($fifo, 0644) or die "mkfifo: $!";
    chmod 0644, $fifo;
    my $server = $servers{$kind}->(%programs, env => { %env, BROADSHEET_SEARCHER => $endless, BROADSHEET_SECONDS => 1, BROADSHEET_CONFIG => $fifo });
    ok($server, "$kind starts again") or return;
    for my $script (@scripts) {
        my $began = Time::HiRes::time();
        my $a = http($server, "/bin/$script?q=ferry");
        is($a->{status}, 400, "$kind/$script: what takes too long is 400") or diag($a->{body}, server_errors($server));
        like($a->{body}, qr{This takes more than 1 seconds.*Please ask for less}, "$kind/$script: and says so");
        cmp_ok(Time::HiRes::time() - $began, '<', patience(20), "$kind/$script: in time");
    }
    cmp_ok(scalar(() = server_errors($server) =~ /endless: begins/g), '>=', scalar @scripts, "$kind: what the searcher said is in the log");
    for my $format ('html', 'json') {
        my $child = fork // die "fork: $!";
        if ($child == 0) {
            for (1 .. 200 * patience(1)) {
                Time::HiRes::sleep(0.05);
                for my $pid (map { m{/(\d+)/} } glob '/proc/[0-9]*/cmdline') {
                    open my $command, '<', "/proc/$pid/cmdline" or next;
                    next if (<$command> // '') !~ /^\Q$server->{dir}\E\/bin\/broadsheet\.cgi/;
                    open my $status, '<', "/proc/$pid/status" or next;
                    my ($caught) = do { local $/; <$status> // '' } =~ /^SigCgt:\s+(\w+)/m;
                    POSIX::_exit(kill('PROF', $pid) ? 0 : 1) if hex($caught // 0) & 1 << POSIX::SIGPROF() - 1;
                }
            }
            POSIX::_exit(1);
        }
        my $a = http($server, "/search?q=ferry&format=$format");
        waitpid $child, 0;
        is($a->{status}, 400, "$kind: search.cgi, $format: what takes too long is 400") or diag($a->{body});
        like($a->{body}, $format eq 'json' ? qr{"error": "this takes more than 10 seconds} : qr{<p dir="auto">This takes more than 10 seconds}, "$kind: and says so as $format");
    }
    server_stop($server);
    return;
}

# A body that is announced and never comes holds no script: a server may hand over what it has, and wait itself.
for my $script (@scripts) {
    my $fifo = "$dir/silent-$script";
    POSIX::mkfifo($fifo, 0600) or die "mkfifo: $!";
    my $feeder = fork // die "fork: $!";
    if ($feeder == 0) {
        open my $to, '>', $fifo or POSIX::_exit(1);
        sleep 60;
        POSIX::_exit(0);
    }
    my $a = cgi({ program => [ '/bin/sh', '-c', 'exec "$0" <"$1"', top_srcdir() . "/contrib/cgi/$script", $fifo ],
        env => { %env, CONTENT_LENGTH => 1000 } }, 'q=Dandong');
    is($a->{status}, 200, "$script: a body that does not come is left") or diag($a->{stderr});
    cmp_ok($a->{seconds}, '<', patience(15), "$script: after a moment");
    kill 'TERM', $feeder;
    waitpid $feeder, 0;
    is(cgi({ program => [ top_srcdir() . "/contrib/cgi/$script" ], env => { %env, CONTENT_LENGTH => $_->[0] } }, 'q=Dandong')->{status}, $_->[1], "$script: a body of '$_->[0]': $_->[1]")
        for [0, 200], ['', 200], ['00005', 200], [65_537, 413], [65_536, 200], ['1' . '0' x 20, 413], [-1, 400], ['many', 400];
}

# It is the same program behind each: under sanitizers, which take their time, one server does
my @kinds = sort keys %servers;
my @installed = grep { $there{$_} } @kinds;
@kinds = $installed[-1] if @installed && under_sanitizers();
for my $kind (@kinds) {
    if (!$there{$kind}) {
        SKIP: { skip "$kind is not installed (Debian: $package{$kind})", 1 }
        next;
    }
    my $server = $servers{$kind}->(%programs, env => \%env);
    ok($server, "$kind starts, with the configuration of contrib") or next;
    my @scripts = $kind eq 'nginx' ? () : @scripts;
    check($server, $_) for '/search', map { "/bin/$_" } @scripts;

    # ---- ours alone ----
    my $a = http($server, '/search?q=Dandong&format=json&n=1');
    is(eval { decode_json($a->{body})->{hits}[0]{rank} }, 1, "$kind: JSON is JSON");
    my ($uid) = $a->{body} =~ /"uid": "(\w+)"/;
    is(http($server, "/search?id=$uid")->{status}, 200, "$kind: an article is shown by its id");
    is(http($server, '/search?id=' . '0' x 32)->{status}, 404, "$kind: an unknown one is 404");
    is(http($server, '/search?q=ferry&index=../..')->{status}, 404, "$kind: an unknown index is 404");
    is(http($server, '/search?q=ferry&since=never')->{status}, 400, "$kind: a bad date is 400");
    spew("$server->{dir}/www/search-tips.html", "Tips.\n");
    is(http($server, '/search-tips.html')->{body}, "Tips.\n", "$kind: a page of the site that begins with the same letters stays there");
    is(http($server, "/search$_")->{status}, 404, "$kind: /search$_ is not ours") for 'er', '.html', '2?q=ferry';
    for my $path ('/search/', '/search/x', '/search/?q=ferry') {
        next if $kind eq 'nginx';
        $a = http($server, $path);
        is($a->{status}, 200, "$kind: $path is");
        like(header($a, 'content-type') // '', qr{^text/html}, "$kind: as a page, not as a program to download");
    }
    rename "$dir/db", "$dir/away" or die;
    is(http($server, "/search?q=ferry")->{status}, 503, "$kind: no index is 503");
    is(http($server, "/bin/$_?q=ferry")->{status}, 503, "$kind/$_: no index is 503") for @scripts;
    mkdir "$dir/db";
    spew("$dir/db/XAPIANDB", "rubbish\n");
    is(http($server, "/search?q=ferry")->{status}, 500, "$kind: a damaged index is 500");
    is(http($server, "/bin/$_?q=ferry")->{status}, 500, "$kind/$_: a damaged index is 500") for @scripts;
    like(server_errors($server), qr{search\.cgi: \Q$dir\E/db}, "$kind: the log says why");
    cmp_ok(scalar(() = server_errors($server) =~ /broadsheet-searcher: \Q$dir\E\/db/g), '>=', scalar @scripts, "$kind: for the scripts too") if @scripts;
    unlink "$dir/db/XAPIANDB";
    rmdir "$dir/db";
    rename "$dir/away", "$dir/db" or die;
    is(http($server, '/search?q=ferry')->{status}, 200, "$kind: and when it is back it is found");
    my $errors = server_errors($server);
    unlike($errors, qr/AddressSanitizer|runtime error|LeakSanitizer/, "$kind: no memory errors") or diag($errors);
    unlike($errors, qr/Traceback|at .* line \d+\.|syntax error|not found\b/, "$kind: no script fell over") or diag($errors);
    server_stop($server);
    check_time($kind) if $kind ne 'nginx';
}

done_testing();
