using SreLab.Fixtures.Seeding;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Scenarios;

/// <summary>Content hashes of every table on every member.</summary>
internal static class MemberHashes
{
    /// <summary>Hash by member name, by table. Call it with writes stopped and standbys caught up.</summary>
    internal static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> ReadAsync(ILab lab, CancellationToken ct)
    {
        var byTable = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        foreach (var member in lab.Members)
        {
            foreach (var (table, hash) in await ContentHash.ComputeAsync(lab.ConnectionString(Place.On(member), DatabaseUser.Admin), ct))
            {
                if (!byTable.TryGetValue(table, out var byMember))
                {
                    byTable[table] = byMember = new Dictionary<string, string>(StringComparer.Ordinal);
                }

                byMember[member.Name] = hash;
            }
        }

        return byTable.ToDictionary(t => t.Key, t => (IReadOnlyDictionary<string, string>)t.Value);
    }
}
