#!/usr/bin/perl
# web.t - search.cgi and the scripts of contrib/cgi behind lighttpd and Apache: each asked over HTTP, and attacked
# SPDX-License-Identifier: GPL-2.0-or-later
use FindBin;
use lib "$FindBin::Bin/../lib";
use Broadsheet::Test;
use Broadsheet::Web;
use Encode ();
use JSON::PP;

skip_without(!under_valgrind(), 'servers start the programs themselves: cgi.t runs them under valgrind');
my %servers = (lighttpd => \&lighttpd, Apache => \&apache);
my %there   = (lighttpd => have_lighttpd(), Apache => have_apache());
skip_without($there{lighttpd} || $there{Apache}, 'neither lighttpd nor Apache is installed (Debian: lighttpd, apache2-bin)');

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

for my $kind (sort keys %servers) {
    if (!$there{$kind}) {
        SKIP: { skip "$kind is not installed (Debian: " . ($kind eq 'Apache' ? 'apache2-bin' : 'lighttpd') . ')', 1 }
        next;
    }
    my $server = $servers{$kind}->(%programs, env => \%env);
    ok($server, "$kind starts, with the configuration of contrib") or next;
    check($server, $_) for '/search', map { "/bin/$_" } @scripts;

    # ---- ours alone ----
    my $a = http($server, '/search?q=Dandong&format=json&n=1');
    is(eval { decode_json($a->{body})->{hits}[0]{rank} }, 1, "$kind: JSON is JSON");
    my ($uid) = $a->{body} =~ /"uid": "(\w+)"/;
    is(http($server, "/search?id=$uid")->{status}, 200, "$kind: an article is shown by its id");
    is(http($server, '/search?id=' . '0' x 32)->{status}, 404, "$kind: an unknown one is 404");
    is(http($server, '/search?q=ferry&index=../..')->{status}, 404, "$kind: an unknown index is 404");
    is(http($server, '/search?q=ferry&since=never')->{status}, 400, "$kind: a bad date is 400");
    $a = http($server, '/search?q=ferry', { body => 'x' x 70_000 });
    like($a->{status}, qr/^(?:413|400)$/, "$kind: a body over the limit is 413, or refused by the server itself");
    like(http($server, '/search?q=ferry', { body => 'x' x 1000 })->{status}, qr/^(?:200|400)$/, "$kind: one below it is passed over, or the same");
    rename "$dir/db", "$dir/away" or die;
    is(http($server, "/search?q=ferry")->{status}, 503, "$kind: no index is 503");
    is(http($server, "/bin/$_?q=ferry")->{status}, 503, "$kind/$_: no index is 503") for @scripts;
    mkdir "$dir/db";
    spew("$dir/db/XAPIANDB", "rubbish\n");
    is(http($server, "/search?q=ferry")->{status}, 500, "$kind: a damaged index is 500");
    is(http($server, "/bin/$_?q=ferry")->{status}, 500, "$kind/$_: a damaged index is 500") for @scripts;
    like(server_errors($server), qr{search\.cgi: \Q$dir\E/db}, "$kind: the log says why");
    unlink "$dir/db/XAPIANDB";
    rmdir "$dir/db";
    rename "$dir/away", "$dir/db" or die;
    is(http($server, '/search?q=ferry')->{status}, 200, "$kind: and when it is back it is found");
    my $errors = server_errors($server);
    unlike($errors, qr/AddressSanitizer|runtime error|LeakSanitizer/, "$kind: no memory errors") or diag($errors);
    unlike($errors, qr/Traceback|at .* line \d+\.|syntax error|not found\b/, "$kind: no script fell over") or diag($errors);
    server_stop($server);
}

done_testing();
