# Sourced first by every script: what a shell says about other servers, other programs and another language ends here.
# The scripts themselves begin with `bash -p`, which runs no BASH_ENV and takes no function from the environment.
#
# Passed on: proxies, for packages and clouds (the suite asks nothing of this machine through one), and PGPASSWORD and PGPASSFILE, which the suite gives
# to the connections of TARGET=external and to nothing else. The suite chooses again for each program that it starts.
for name in $(compgen -e); do
  case "$name" in
    PGPASSWORD | PGPASSFILE) ;;
    PG* | BASH_ENV | ENV | CDPATH | GLOBIGNORE | SHELLOPTS | BASHOPTS | LANGUAGE | LC_* | LD_* | GREP_* | CURL_HOME | WGETRC | PYTHON* | PERL5* | PERLLIB | PERL_* | \
      DOTNET_STARTUP_HOOKS | DOTNET_ADDITIONAL_DEPS | DOTNET_SHARED_STORE | DOTNET_CLI_UI_LANGUAGE | DOTNET_CLI_CONTEXT_* | CORECLR_* | TESTINGPLATFORM_UI_LANGUAGE)
      unset "$name"
      ;;
  esac
done
unset name
export LANG=C.UTF-8 LC_ALL=C.UTF-8 DOTNET_CLI_UI_LANGUAGE=en VSLANG=1033
