using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SreLab.Fixtures.Kubernetes.Backups;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>As much of a store of objects as the suite reads: lists by pages, objects, what encrypted them. It knows one user.</summary>
internal sealed class FakeStore : IAsyncDisposable
{
    /// <summary>The one bucket.</summary>
    public const string Bucket = "backups";

    private const int Page = 2;
    private static readonly StoreSignature Signature = new("srelab", "a-key-of-tests");
    private readonly WebApplication _server;

    private FakeStore(WebApplication server) => _server = server;

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>What the store says of encryption; null for nothing.</summary>
    public string? Encryption { get; set; } = "AES256";

    public Uri Address => new(_server.Urls.First());

    public static async Task<FakeStore> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = builder.Build();
        var fake = new FakeStore(server);
        server.Run(fake.ServeAsync);
        await server.StartAsync();
        return fake;
    }

    public ObjectStore Open(string user = "srelab", string key = "a-key-of-tests") => new(Address, Bucket, new StoreSignature(user, key));

    /// <summary>A backup as Barman describes one.</summary>
    public void AddBackup(string id, DateTimeOffset begun, DateTimeOffset ended, string first, string last, string status = "DONE")
    {
        Objects[$"srelab/base/{id}/backup.info"] = System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"backup_label=None\nbegin_time={begun:yyyy-MM-dd HH:mm:ss.ffffff}+00:00\nbegin_wal={first}\nend_time={ended:yyyy-MM-dd HH:mm:ss.ffffff}+00:00\nend_wal={last}\nsize=4096\nstatus={status}\ntimeline=1\n"));
        Objects[$"srelab/base/{id}/data.tar"] = new byte[10240];
    }

    /// <summary>A segment whose last record is a commit at this moment; null for none.</summary>
    public void AddSegment(string name, DateTimeOffset? commit) => Objects[$"srelab/wals/{name[..16]}/{name}.gz"] = Zip(Wal.Segment(name, commit));

    public static byte[] Zip(byte[] content)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(content);
        }

        return zipped.ToArray();
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        var at = DateTimeOffset.ParseExact(request.Headers["x-amz-date"].ToString(), "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal);
        if (request.Headers.Authorization.ToString() != Signature.Authorize(request.Method, request.Host.Value!, request.Path.ToUriComponent(), query, at))
        {
            await AnswerAsync(context, 403, "<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message></Error>"u8.ToArray());
            return;
        }

        var key = request.Path.Value!.Split('/', 3) is [_, Bucket, var rest] ? rest : "";
        if (key.Length > 0)
        {
            if (Objects.TryGetValue(key, out var content))
            {
                if (Encryption is { } encryption)
                {
                    context.Response.Headers["x-amz-server-side-encryption"] = encryption;
                }

                await AnswerAsync(context, 200, request.Method == "HEAD" ? [] : content);
                return;
            }

            await AnswerAsync(context, 404, "<Error><Code>NoSuchKey</Code></Error>"u8.ToArray());
            return;
        }

        await AnswerAsync(context, 200, System.Text.Encoding.UTF8.GetBytes(ListOf(query)));
    }

    private string ListOf(Dictionary<string, string> query)
    {
        XNamespace names = "http://s3.amazonaws.com/doc/2006-03-01/";
        var from = query.TryGetValue("continuation-token", out var token) ? int.Parse(token, null) : 0;
        var all = Objects.Where(o => o.Key.StartsWith(query["prefix"], StringComparison.Ordinal)).OrderBy(o => o.Key, StringComparer.Ordinal).ToList();
        return new XElement(
            names + "ListBucketResult",
            all.Skip(from).Take(Page).Select(o => new XElement(
                names + "Contents",
                new XElement(names + "Key", o.Key),
                new XElement(names + "LastModified", "2026-05-01T12:00:00.000Z"),
                new XElement(names + "Size", o.Value.Length))),
            new XElement(names + "IsTruncated", all.Count > from + Page ? "true" : "false"),
            all.Count > from + Page ? new XElement(names + "NextContinuationToken", from + Page) : null).ToString();
    }

    private static async Task AnswerAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
