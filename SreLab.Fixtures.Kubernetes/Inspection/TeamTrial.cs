using k8s;
using k8s.Models;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Api;
using SreLab.Fixtures.Kubernetes.Lab;

namespace SreLab.Fixtures.Kubernetes.Inspection;

/// <summary>Asks with each team's own token for what it needs and for what it must not have. What would change something is a dry run: refused or allowed, never done.</summary>
/// <param name="parts">Where the lab is.</param>
internal sealed class TeamTrial(LabParts parts)
{
    private const string TeamAccounts = "app.kubernetes.io/component=team,app.kubernetes.io/part-of=srelab";
    private const long TokenSeconds = 600;

    /// <summary>Asks for every team.</summary>
    public async Task<PlatformRecord> RunAsync(PlatformRecord record, CancellationToken ct)
    {
        var rights = new List<RightRecord>();
        foreach (var (own, other) in new[] { (parts.Spaces.Invoicing, parts.Spaces.Payments), (parts.Spaces.Payments, parts.Spaces.Invoicing) })
        {
            foreach (var account in (await parts.Client.CoreV1.ListNamespacedServiceAccountAsync(own, labelSelector: TeamAccounts, cancellationToken: ct)).Items)
            {
                var name = account.Metadata.Name;
                var request = new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { ExpirationSeconds = TokenSeconds } };
                var token = await parts.Client.CoreV1.CreateNamespacedServiceAccountTokenAsync(request, name, own, cancellationToken: ct);
                using var client = parts.Access.AsAccount(token.Status.Token);
                var pod = (await parts.Client.CoreV1.ListNamespacedPodAsync(own, cancellationToken: ct)).Items.FirstOrDefault(PodState.IsReady)?.Metadata.Name;
                foreach (var (what, isOwn, call) in TeamCalls.Of(new TeamScene(client, own, other, parts.Spaces.Database, parts.Cluster, pod)))
                {
                    rights.Add(new RightRecord(name, what, isOwn, await AnswerAsync(call, ct), true));
                }

                foreach (var question in TeamCalls.Questions(own, other, parts.Spaces.Database))
                {
                    rights.Add(new RightRecord(name, question.Describe(), question.IsOwn, await AskAsync(client, question, ct), false));
                }
            }
        }

        return rights.Count > 0
            ? record with { Rights = rights }
            : record.Without(PlatformParts.Rights, $"no team has an account: {InvoiceService.Absent}");
    }

    /// <summary>What came of a request.</summary>
    internal static async Task<string> AnswerAsync(Func<CancellationToken, Task> call, CancellationToken ct)
    {
        try
        {
            await call(ct);
            return RightRecord.Allowed;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            return ApiErrors.IsForbidden(e) ? RightRecord.Refused : ApiErrors.Text(e);
        }
    }

    private static async Task<string> AskAsync(k8s.Kubernetes client, TeamQuestion question, CancellationToken ct)
    {
        try
        {
            var answer = await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(
                new V1SelfSubjectAccessReview
                {
                    Spec = new V1SelfSubjectAccessReviewSpec
                    {
                        ResourceAttributes = new V1ResourceAttributes
                        {
                            NamespaceProperty = question.Space,
                            Verb = question.Verb,
                            Group = question.Group,
                            Resource = question.Resource,
                            Subresource = question.Subresource,
                        },
                    },
                },
                cancellationToken: ct);
            return answer.Status.Allowed ? RightRecord.Allowed : RightRecord.Refused;
        }
        catch (Exception e) when (ApiErrors.IsOfApi(e, ct))
        {
            return ApiErrors.Text(e);
        }
    }
}
