using System.Reflection;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.External;

/// <summary>Stands where a target has nothing to offer: every call of the interface is refused with one reason.</summary>
internal class Absent : DispatchProxy
{
    private string _reason = "";

    /// <summary>Makes one.</summary>
    /// <typeparam name="T">The interface.</typeparam>
    /// <param name="reason">First line of the refusal, and what to do instead.</param>
    public static T Of<T>(string reason)
        where T : class
    {
        var stub = Create<T, Absent>();
        ((Absent)(object)stub)._reason = reason;
        return stub;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        throw new LabException($"{targetMethod?.Name} refused on TARGET={ExternalTarget.TargetName}: {_reason}");
}
