using System.Reflection;

namespace SreLab.Fixtures.Tests.Scenarios.Disturbances;

/// <summary>Answers the few calls of a large interface that a test is about; any other call fails the test.</summary>
/// <typeparam name="T">The interface.</typeparam>
public class StandIn<T> : DispatchProxy
    where T : class
{
    private Dictionary<string, Func<object?[], object?>> _answers = [];

    /// <param name="answers">By method's name; a property's is <c>get_Name</c>.</param>
    internal static T Of(Dictionary<string, Func<object?[], object?>> answers)
    {
        var proxy = Create<T, StandIn<T>>();
        ((StandIn<T>)(object)proxy)._answers = answers;
        return proxy;
    }

    /// <inheritdoc />
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answers.TryGetValue(targetMethod!.Name, out var answer)
        ? answer(args ?? [])
        : throw new NotSupportedException($"{typeof(T).Name}.{targetMethod.Name}");
}
