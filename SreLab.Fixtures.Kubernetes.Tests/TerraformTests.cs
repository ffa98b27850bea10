using System.Text.Json.Nodes;
using FluentAssertions;
using SreLab.Fixtures.Kubernetes.Terraform;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Kubernetes.Tests;

/// <summary>The runner against recorded output, played back by a script in the place of terraform.</summary>
public sealed class TerraformTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("srelab-terraform-").FullName;
    private readonly TerraformFiles _files;

    public TerraformTests()
    {
        foreach (var source in new[] { "infra-terraform/environments/k3s", "helm-values", "observability" })
        {
            Directory.CreateDirectory(Path.Combine(_root, "repository", source));
        }

        File.WriteAllText(Path.Combine(_root, "repository/infra-terraform/environments/k3s/main.tf"), "# environment");
        File.WriteAllText(Path.Combine(_root, "repository/infra-terraform/environments/k3s/mine.tfvars"), "secret");
        _files = new TerraformFiles(Path.Combine(_root, "lab"), "k3s");
        _files.CopyFrom(Path.Combine(_root, "repository"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_lab_has_a_copy_of_the_files_without_what_others_left()
    {
        File.ReadAllText(Path.Combine(_files.Root, "main.tf")).Should().Be("# environment");
        File.Exists(Path.Combine(_files.Root, "mine.tfvars")).Should().BeFalse();
        File.GetUnixFileMode(Path.Combine(_root, "lab")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Passwords_are_the_owners_alone_and_stay_what_they_were()
    {
        _files.WriteVariables(new JsonObject { ["prefix"] = "a" }, () => "first-password", "");
        _files.WriteVariables(new JsonObject { ["prefix"] = "b" }, () => "second-password", "");

        var variables = JsonNode.Parse(File.ReadAllText(_files.Variables))!;
        ((string?)variables["prefix"]).Should().Be("b");
        ((string?)variables["passwords"]!["owner"]).Should().Be("first-password");
        File.GetUnixFileMode(_files.Variables).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _files.WithoutSecrets("login with first-password failed").Should().Be("login with *** failed");
    }

    [Fact]
    public void A_users_own_variables_come_last_and_count_more()
    {
        var own = Path.Combine(_root, "own.tfvars");
        File.WriteAllText(own, "prefix = \"c\"");

        _files.WriteVariables([], () => "p", own);

        _files.VariableArguments.Should().HaveCount(2).And.EndWith($"-var-file={Path.Combine(_root, "lab", "own.tfvars")}");
    }

    [Theory]
    [InlineData("""{"resources":[{}]}""", true)]
    [InlineData("""{"resources":[]}""", false)]
    [InlineData(null, false)]
    public void Something_was_made_when_the_state_names_it(string? state, bool isMade)
    {
        if (state is not null)
        {
            File.WriteAllText(_files.State, state);
        }

        _files.HasState().Should().Be(isMade);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("[]")]
    public void A_state_that_cannot_be_read_is_not_taken_for_an_empty_one(string state)
    {
        File.WriteAllText(_files.State, state);
        var look = () => _files.HasState();

        look.Should().Throw<LabException>().WithMessage("terraform's state cannot be read: *nothing was touched.*.backup*");
    }

    [Fact]
    public async Task An_apply_tells_its_progress()
    {
        var told = new Told();

        await Runner(0, Samples.Apply).ApplyAsync(told, Ct);

        told.Lines.Should().Equal(
            "terraform: Plan: 2 to add, 0 to change, 0 to destroy.",
            "terraform: database.helm_release.operator: create since 10 s",
            "terraform: database.helm_release.operator made after 14 s",
            "terraform warns: Deprecated attribute: use another",
            "terraform: Apply complete! Resources: 2 added, 0 changed, 0 destroyed.");
    }

    [Fact]
    public async Task A_failed_apply_tells_every_error_once_and_no_password()
    {
        _files.WriteVariables([], () => "hunter2hunter2hunter2", "");
        var apply = () => Runner(1, Samples.FailedApply).ApplyAsync(new Told(), Ct);

        (await apply.Should().ThrowAsync<LabException>()).Which.Message.Should().Be(
            $"""
            terraform apply failed: 2 errors.
              it said      module.platform.module.database.helm_release.cluster: installation failed: context deadline exceeded with ***
                           Invalid value: prefix: lower-case letters.
              state        {_files.State}
              repeat       make up
            """);
    }

    [Fact]
    public async Task A_failure_without_a_diagnostic_shows_what_was_said()
    {
        var destroy = () => Runner(137, "", "killed\n").DestroyAsync(new Told(), Ct);

        (await destroy.Should().ThrowAsync<LabException>()).Which.Message.Should().StartWith("terraform destroy failed: exit code 137.\n  it said      killed\n").And.EndWith("make down");
    }

    [Fact]
    public async Task An_init_without_providers_says_where_they_may_come_from()
    {
        var init = () => Runner(1, "", "Error: Failed to query available provider packages\n").InitAsync(Ct);

        (await init.Should().ThrowAsync<LabException>()).Which.Message.Should()
            .StartWith("terraform init failed: exit code 1; the cluster was not touched.").And.Contain("Failed to query").And.EndWith(TerraformRunner.PluginFolderVariable);
    }

    [Fact]
    public async Task A_plan_without_changes_is_no_drift() => (await Runner(0, Samples.EmptyPlan).DriftAsync(Ct)).Should().BeEmpty();

    [Fact]
    public async Task What_differs_and_is_not_to_be_changed_is_no_drift() => (await Runner(0, Samples.DriftWithoutChange).DriftAsync(Ct)).Should().BeEmpty();

    [Fact]
    public async Task A_plan_with_changes_names_them() => (await Runner(2, Samples.Plan).DriftAsync(Ct)).Should().Equal(
        "module.platform.module.namespaces.kubernetes_namespace_v1.this[\"database\"]: update, changed outside of terraform",
        "module.platform.module.database.helm_release.cluster: update");

    [Fact]
    public async Task A_plan_that_failed_is_not_a_plan_without_changes()
    {
        var drift = () => Runner(1, Samples.FailedApply).DriftAsync(Ct);

        await drift.Should().ThrowAsync<LabException>().WithMessage("terraform plan failed: 2 errors.*");
    }

    [Fact]
    public async Task Outputs_are_read_by_name()
    {
        var outputs = await Runner(0, Samples.Outputs).OutputsAsync(Ct);

        outputs.Namespaces["database"].Should().Be("srelab-database");
        outputs.Database.Cluster.Should().Be("srelab");
        outputs.Database.LoadBalancers.Should().Equal(new Dictionary<string, string> { ["rw"] = "srelab-rw-lb", ["ro"] = "srelab-ro-lb" });
        outputs.StorageClass.Should().Be("srelab-database");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    [InlineData("""{"namespaces":{"value":{}}}""")]
    public async Task Outputs_of_something_else_are_refused(string output)
    {
        var read = () => Runner(0, output).OutputsAsync(Ct);

        await read.Should().ThrowAsync<LabException>().WithMessage("terraform's outputs make no sense:*make up*");
    }

    private TerraformRunner Runner(int exitCode, string output, string error = "")
    {
        var program = Path.Combine(_root, "terraform");
        File.WriteAllText(Path.Combine(_root, "output"), output);
        File.WriteAllText(Path.Combine(_root, "error"), error);
        File.WriteAllText(program, $"#!/bin/sh\ncat {_root}/output\ncat {_root}/error >&2\nexit {exitCode}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new TerraformRunner(program, _files);
    }

    private sealed class Told : IProgressLog
    {
        public List<string> Lines { get; } = [];

        public void Say(string line) => Lines.Add(line);
    }
}
