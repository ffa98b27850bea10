using Npgsql;

namespace SreLab.Fixtures.Targets.External;

/// <summary>What a database says about the two schemas that the suite uses, <c>srelab</c> and <c>shop</c>.</summary>
/// <param name="Srelab">Schema <c>srelab</c>; null when there is none.</param>
/// <param name="Shop">Schema <c>shop</c>; null when there is none.</param>
/// <param name="Mark">The mark of this target in <c>srelab.lab</c>; null when there is none.</param>
/// <param name="SeededShop">The schema that <c>srelab.seed_manifest</c> says a seed of the suite filled; null when it says nothing.</param>
/// <param name="MayCreate">The role may create schemas.</param>
/// <param name="User">The role.</param>
/// <param name="Database">The database.</param>
internal sealed record OwnSchemas(FoundSchema? Srelab, FoundSchema? Shop, LabMark? Mark, uint? SeededShop, bool MayCreate, string User, string Database)
{
    /// <summary>The schema <c>srelab</c> carries our mark: one of that name from a dump or from somebody else has another number.</summary>
    public bool IsMarked => Mark is not null && Mark.SchemaOid == Srelab?.Oid;

    /// <summary>The schema <c>shop</c> is the one that a seed of the suite made.</summary>
    public bool IsShopSeeded => SeededShop is not null && SeededShop == Shop?.Oid;

    /// <summary>Why the suite may not use them; null when it may. Nothing is touched before this is null.</summary>
    public (string Found, string Fix)? Problem()
    {
        if (Srelab is not null && !IsMarked && !IsShopSeeded)
        {
            return NotOurs("srelab", "srelab.lab");
        }

        if (Shop is not null && !IsShopSeeded)
        {
            return NotOurs("shop", "srelab.seed_manifest");
        }

        if (((FoundSchema?[])[Srelab, Shop]).FirstOrDefault(s => s is { IsOwned: false }) is { } foreign)
        {
            return ($"schema {foreign.Name} of the suite belongs to {foreign.Owner}, and {User} is not a member of that role",
                $"connect as {foreign.Owner}, or: GRANT {Quoted(foreign.Owner)} TO {Quoted(User)}");
        }

        return (Srelab is null || Shop is null) && !MayCreate
            ? ($"{User} may not create schemas in {Database}", $"as its owner: GRANT CREATE ON DATABASE {Quoted(Database)} TO {Quoted(User)}")
            : null;
    }

    /// <summary>Reads, in a session that changes nothing.</summary>
    public static async Task<OwnSchemas> ReadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        FoundSchema? srelab = null, shop = null;
        await using (var command = new NpgsqlCommand(
            """
            select n.nspname::text, n.oid, n.nspowner::regrole::text, pg_has_role(n.nspowner, 'usage')
            from pg_namespace n where n.nspname in ('srelab', 'shop')
            """,
            connection))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var found = new FoundSchema(reader.GetString(0), await reader.GetFieldValueAsync<uint>(1, ct), reader.GetString(2), reader.GetBoolean(3));
                (srelab, shop) = found.Name == "shop" ? (srelab, found) : (found, shop);
            }
        }

        var mark = await FirstAsync(connection, "select id, schema_oid, made_schema from srelab.lab", r => new LabMark(r.GetString(0), r.GetFieldValue<uint>(1), r.GetBoolean(2)), ct);
        var seeded = await FirstAsync(connection, "select schema_oid from srelab.seed_manifest", r => (uint?)r.GetFieldValue<uint>(0), ct);
        await using var rights = new NpgsqlCommand("select has_database_privilege(current_database(), 'create'), current_user::text, current_database()::text", connection);
        await using var answer = await rights.ExecuteReaderAsync(ct);
        await answer.ReadAsync(ct);
        return new OwnSchemas(srelab, shop, mark, seeded, answer.GetBoolean(0), answer.GetString(1), answer.GetString(2));
    }

    private static async Task<T?> FirstAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync(ct);
            return await reader.ReadAsync(ct) ? read(reader) : default;
        }
        catch (Exception e) when (e is PostgresException or InvalidCastException)
        {
            // No such table, another one of that name, or one that this role may not read: no mark of ours.
            return default;
        }
    }

    private static (string Found, string Fix) NotOurs(string schema, string mark) => (
        $"the database has a schema {schema} that this suite did not make: {mark} does not name it",
        "rename or drop that schema yourself, or point the suite at another database of the server");

    private static string Quoted(string name) => $"\"{name.Trim('"').Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A schema that is there.</summary>
/// <param name="Name">Name.</param>
/// <param name="Oid">The server's number for it.</param>
/// <param name="Owner">Its owner.</param>
/// <param name="IsOwned">The role has the owner's rights.</param>
internal sealed record FoundSchema(string Name, uint Oid, string Owner, bool IsOwned);

/// <summary>The row of <c>srelab.lab</c>.</summary>
/// <param name="Id">Of the lab.</param>
/// <param name="SchemaOid">The schema that it was written into.</param>
/// <param name="MadeSchema">Whether this target made that schema; one that was there before is never dropped.</param>
internal sealed record LabMark(string Id, uint SchemaOid, bool MadeSchema);
