using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using NUnit.Framework;
using Parceo.Testing;

namespace Parceo.SecureMail.Tests.Servers;

/// <summary>
/// An operator of the test's own: Postfix takes mail over mutual TLS, hands it to Dovecot (LMTP), which serves it over
/// mutual TLS (IMAP). Both from the distribution's packages, on free loopback ports, in a temporary folder.
/// </summary>
internal sealed class MailOperator : IAsyncDisposable
{
    /// <summary>Domain of the operator, and one that it relays to nobody: mail to it is refused.</summary>
    public const string Domain = "essai.mssante.example",
        OtherDomain = "autre.mssante.example";

    /// <summary>Another address of the demo world, an administrator's.</summary>
    public const string Administrator = "karim.sellami@demo.parceo.invalid";

    /// <summary>And one of nobody yet.</summary>
    public const string Invited = "ada.min@demo.parceo.invalid";

    /// <summary>An ordinary mailbox, outside the espace de confiance.</summary>
    public const string Ordinary = "amandine.roche@demo.parceo.invalid";

    /// <summary>Of every mailbox.</summary>
    public const string Secret = "boite-d-essai";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("parceo-mail-").FullName;
    private readonly int smtp = FreePort.Take(),
        imap = FreePort.Take(),
        lmtp = FreePort.Take(),
        plain = FreePort.Take();
    private Process? postfix,
        dovecot;

    private MailOperator() => Authority = new TestAuthority(folder);

    public TestAuthority Authority { get; }

    /// <summary>Starts one; the test is reported as ignored where the servers are not installed or may not be started.</summary>
    public static async Task<MailOperator> Start(bool revoked = false)
    {
        if (Program("postfix") is null || Program("dovecot") is null)
            Assert.Ignore("Postfix and Dovecot are not installed; build/test installs them where it may.");
        if (OperatingSystem.IsWindows() || geteuid() != 0)
            Assert.Ignore("Postfix starts as root only.");
        var servers = new MailOperator();
        try
        {
            await servers.Write(revoked);
            await Task.WhenAll(servers.StartSmtp(), servers.StartImap());
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Configuration of ordinary mail, for addresses of the demo world: of them <see cref="Ordinary"/>, <see cref="Administrator"/> and <see cref="Invited"/> have a mailbox.</summary>
    public Dictionary<string, string?> OrdinaryMail =>
        new()
        {
            ["Mail:Smtp:Host"] = "localhost",
            ["Mail:Smtp:Port"] = $"{plain}",
            ["Mail:Smtp:Tls"] = "false",
            ["Mail:From"] = "parceo@cpts.example",
            ["Parceo:PublicUrl"] = "https://parceo.cpts.example",
        };

    /// <summary>What came in for an ordinary address.</summary>
    public IReadOnlyList<byte[]> Delivered(string address) =>
        Path.Combine(folder, "mail", address, "Maildir", "new") is var box && System.IO.Directory.Exists(box)
            ? [.. System.IO.Directory.GetFiles(box).Select(File.ReadAllBytes)]
            : [];

    /// <summary>The host's configuration.</summary>
    public Dictionary<string, string?> Settings(string client = "client", params string[] boxes) =>
        new Dictionary<string, string?>
        {
            ["SecureMail:Operator:Name"] = "Opérateur d’essai",
            ["SecureMail:Operator:Smtp"] = $"localhost:{smtp}",
            ["SecureMail:Operator:Imap"] = $"localhost:{imap}",
            ["SecureMail:Operator:Certificate"] = Path.Combine(folder, client + ".p12"),
            ["SecureMail:Operator:CertificatePassword"] = "essai",
            ["SecureMail:Operator:TrustStore"] = Authority.TrustStore,
            ["SecureMail:Domains"] = Path.Combine(folder, "domaines.txt"),
            ["SecureMail:Nil"] = "123456",
            ["SecureMail:PollSeconds"] = "0.3",
            ["SecureMail:MaxMegabytes"] = "4",
        }
            .Concat(boxes.Select(b => KeyValuePair.Create($"SecureMail:Passwords:{b}", (string?)Secret)))
            .ToDictionary();

    public string Folder => folder;

    public async Task StartSmtp()
    {
        if (postfix is not null)
            return;
        postfix = Run("/usr/lib/postfix/sbin/master", "-c", Path.Combine(folder, "postfix"), "-d");
        await Answers(smtp);
    }

    public async Task StopSmtp()
    {
        await Stop(postfix);
        postfix = null;
    }

    public async Task StartImap()
    {
        if (dovecot is not null)
            return;
        dovecot = Run(Program("dovecot")!, "-F", "-c", Path.Combine(folder, "dovecot.conf"));
        await Answers(imap);
    }

    public async Task StopImap()
    {
        await Stop(dovecot);
        dovecot = null;
    }

    /// <summary>Puts a message into a mailbox as another operator's mail would come: hostile ones need no server's consent.</summary>
    public void Deliver(string address, byte[] message)
    {
        var box = Path.Combine(folder, "mail", address, "Maildir");
        foreach (var sub in new[] { "tmp", "new", "cur" })
        {
            var path = Path.Combine(box, sub);
            if (System.IO.Directory.Exists(path))
                continue;
            System.IO.Directory.CreateDirectory(path);
        }
        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Guid.CreateVersion7():n}.essai";
        File.WriteAllBytes(Path.Combine(box, "tmp", name), message);
        Shell("chown", "-R", "nobody", Path.Combine(folder, "mail"));
        File.Move(Path.Combine(box, "tmp", name), Path.Combine(box, "new", name));
    }

    private async Task Write(bool revoked)
    {
        Authority.Issue("server", "localhost", server: true, isRevoked: revoked);
        Authority.Issue("client", "Parceo", server: false);
        await File.WriteAllTextAsync(Path.Combine(folder, "domaines.txt"), $"# liste blanche\n{Domain}\n{OtherDomain}\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "dovecot.conf"),
            $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/dovecot.log
            instance_name = parceo-{{smtp}}
            protocols = imap lmtp
            listen = 127.0.0.1
            default_login_user = nobody
            default_internal_user = nobody
            default_internal_group = nogroup
            first_valid_uid = 1
            mail_location = maildir:~/Maildir
            mail_fsync = never
            ssl = required
            ssl_min_protocol = TLSv1.2
            ssl_cert = <{{folder}}/server.pem
            ssl_key = <{{folder}}/server.key
            ssl_ca = <{{folder}}/ca.pem
            ssl_require_crl = no
            ssl_verify_client_cert = yes
            auth_ssl_require_client_cert = yes
            auth_mechanisms = plain
            service auth {
              chroot =
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = 0
              }
              inet_listener imaps {
                port = {{imap}}
                ssl = yes
              }
            }
            service lmtp {
              inet_listener lmtp {
                address = 127.0.0.1
                port = {{lmtp}}
              }
            }
            passdb {
              driver = passwd-file
              args = {{folder}}/boxes
            }
            userdb {
              driver = static
              args = uid=nobody gid=nogroup home={{folder}}/mail/%u
            }
            namespace inbox {
              inbox = yes
            }
            """
        );
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "boxes"),
            new[] { "a", "b", "c", "d" }
                .Select(b => $"{b}@{Domain}")
                .Concat([Ordinary, Administrator, Invited])
                .Select(b => $"{b}:{{PLAIN}}{Secret}::::::")
        );
        System.IO.Directory.CreateDirectory(Path.Combine(folder, "mail"));
        System.IO.Directory.CreateDirectory(Path.Combine(folder, "postfix"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "postfix", "main.cf"),
            $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            maillog_file = /dev/stdout
            myhostname = localhost
            mydestination =
            mynetworks =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            alias_maps =
            alias_database =
            smtpd_tls_wrappermode = yes
            smtpd_tls_security_level = encrypt
            smtpd_tls_cert_file = {folder}/server.pem
            smtpd_tls_key_file = {folder}/server.key
            smtpd_tls_CAfile = {folder}/ca.pem
            smtpd_tls_req_ccert = yes
            smtpd_tls_ask_ccert = yes
            smtpd_client_restrictions = permit_tls_all_clientcerts, reject
            smtpd_relay_restrictions = reject_unauth_destination
            smtpd_recipient_restrictions =
            virtual_mailbox_domains = {Domain} demo.parceo.invalid
            virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
            message_size_limit = 2000000
            minimal_backoff_time = 1s
            queue_run_delay = 1s
            smtpd_client_connection_count_limit = 0
            smtpd_client_connection_rate_limit = 0
            smtpd_timeout = 20s
            """
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "postfix", "master.cf"),
            $"""
            127.0.0.1:{smtp} inet n - n - - smtpd
            127.0.0.1:{plain} inet n - n - - smtpd -o smtpd_tls_wrappermode=no -o smtpd_tls_security_level=none -o smtpd_client_restrictions=
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            proxymap unix - - n - - proxymap
            proxywrite unix - - n - 1 proxymap
            lmtp unix - - n - - lmtp
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """
        );
        Shell("chmod", "755", folder);
        Shell("chown", "-R", "nobody", Path.Combine(folder, "mail"));
        System.IO.Directory.CreateDirectory(Path.Combine(folder, "data"));
        Shell("chown", "postfix", Path.Combine(folder, "data"));
        System.IO.Directory.CreateDirectory(Path.Combine(folder, "queue"));
        Shell(Program("postfix")!, "-c", Path.Combine(folder, "postfix"), "check");
    }

    private Process Run(string program, params string[] arguments)
    {
        var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            }
        )!;
        var log = TextWriter.Synchronized(
            new StreamWriter(Path.Combine(folder, Path.GetFileName(program) + ".out"), append: true) { AutoFlush = true }
        );
        process.OutputDataReceived += (_, e) => log.WriteLine(e.Data);
        process.ErrorDataReceived += (_, e) => log.WriteLine(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static void Shell(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
    }

    private static async Task Stop(Process? process)
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Task Answers(int port) =>
        Expect.Eventually(
            async () =>
            {
                using var probe = new TcpClient();
                try
                {
                    await probe.ConnectAsync(IPAddress.Loopback, port);
                }
                catch (SocketException)
                {
                    return false;
                }
                return true;
            },
            Soon,
            $"port {port}"
        );

    private static string? Program(string name) =>
        ((Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/sbin:/usr/lib/postfix/sbin")
            .Split(':')
            .Select(f => Path.Combine(f, name))
            .FirstOrDefault(File.Exists);

    [DllImport("libc")]
    private static extern uint geteuid();

    public async ValueTask DisposeAsync()
    {
        await StopSmtp();
        await StopImap();
        Authority.Dispose();
        try
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        { /* a stopping server still wrote */
        }
    }
}
