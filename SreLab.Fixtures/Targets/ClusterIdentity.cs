using System.Buffers.Binary;
using System.Globalization;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets;

/// <summary>How a server proves that it is the one that is meant: by its answer to one question.</summary>
/// <param name="Question">Answered with one text, on every member alike.</param>
/// <param name="Expected">The answers that are right now; a cluster that was made again has another one.</param>
/// <param name="Source">Who says so, for the error.</param>
internal sealed record ClusterIdentity(string Question, Func<IReadOnlyCollection<string>> Expected, string Source)
{
    // At the beginning of the control file, of every release: the number that initdb drew.
    private const int IdentifierLength = 8;
    private const string OfServer = "select system_identifier::text from pg_control_system()";

    /// <summary>The cluster of these data folders.</summary>
    /// <param name="dataFolders">Of every member; one that is not there, or not yet complete, says nothing.</param>
    public static ClusterIdentity OfFiles(IReadOnlyList<string> dataFolders) => new(
        OfServer,
        () => [.. dataFolders.Select(ReadFile).OfType<string>().Distinct(StringComparer.Ordinal)],
        $"the control files in {string.Join(", ", dataFolders.Select(Path.GetDirectoryName).Distinct())}");

    /// <summary>The cluster with this number.</summary>
    /// <param name="identifier">System identifier.</param>
    /// <param name="source">Who told it.</param>
    public static ClusterIdentity OfNumber(string identifier, string source) => new(OfServer, () => [identifier], source);

    /// <summary>The database that the suite has marked, where a provider keeps the number to itself.</summary>
    /// <param name="id">The lab's id, drawn when the database was marked.</param>
    /// <param name="source">Who told it.</param>
    public static ClusterIdentity OfMark(string id, string source) => new("select id from srelab.lab", () => [id], source);

    /// <summary>Compares.</summary>
    /// <param name="seen">What the server answered.</param>
    /// <param name="at">Which server.</param>
    /// <exception cref="LabException">It is another one.</exception>
    public void Demand(string? seen, string at)
    {
        var expected = Expected();
        if (seen is null || !expected.Contains(seen))
        {
            throw new LabException(
                $"wrong server: {at} is not of the cluster that is meant; nothing was changed there.\n" +
                $"  expected     {(expected.Count == 0 ? "unknown: no member has a data folder" : string.Join(" or ", expected))}, by {Source}\n" +
                $"  seen         {seen ?? "no answer"} ({Question})\n" +
                "  fix          see what listens on that address; end it, or use another network: make up NETWORK=127.21.0");
        }
    }

    private static string? ReadFile(string dataFolder)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(dataFolder, "global", "pg_control"));
            Span<byte> number = stackalloc byte[IdentifierLength];
            return file.ReadAtLeast(number, IdentifierLength, throwOnEndOfStream: false) == IdentifierLength
                ? BinaryPrimitives.ReadUInt64LittleEndian(number).ToString(CultureInfo.InvariantCulture)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
