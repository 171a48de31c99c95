"""The command line. Each command is imported when it is called, so that asking for help stays quick."""

from importlib import import_module

import click

COMMANDS = {
    "api-client": ("api_client:api_client", "Systems that may call the API."),
    "audit": ("audit:audit", "What audits are made from."),
    "case": ("case:case", "Show a case, its moves, and take one."),
    "db": ("db:db", "Migrate, check, back up and restore the database."),
    "demo": ("demo:demo", "Invented participants to try the service with."),
    "export": ("export:export", "What leaves the service as a file."),
    "follow-ups": ("follow_ups:follow_ups", "What is due for whom."),
    "framework": ("framework:framework", "Check, list, import and export quality frameworks."),
    "import": ("importing:import_", "Import participants and their history from CSV."),
    "languages": ("languages:languages", "Check the words for participants, language by language."),
    "process": ("process:process", "Check and draw definitions."),
    "report": ("report:report", "Numbers about the service."),
    "serve": ("serve:serve", "Serve the pages and the API."),
    "tick": ("tick:tick", "Do everything that falls due; safe to run twice."),
    "trail": ("trail:trail", "Verify the trail."),
    "user": ("user:user", "Accounts."),
    "worklist": ("worklist:worklist", "Who needs what."),
}
"""Name → module and command in it, and what the list of commands says."""

LANGUAGES = ("nb", "nn", "en")


class Commands(click.Group):
    """Knows its commands by name; a refusal is told in one place, whichever command met it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"se_engine.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> object:
        from se_engine.rules.errors import InvalidDefinition, Refused

        try:
            return super().invoke(ctx)
        except (Refused, InvalidDefinition) as refused:
            from se_engine.cli.shell import tell_refused

            tell_refused(ctx, refused)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="nb",
    envvar="SE_LANGUAGE",
    show_default=True,
    help="Of sentences; codes and keys are English always.",
)
@click.version_option(package_name="se-engine")
@click.pass_context
def main(ctx: click.Context, language: str) -> None:
    """SE Engine: Supported Employment step by step.

    Data goes to standard output, messages to standard error. Exit status: 0 done, 1 refused, 2 wrong usage.
    """
    ctx.meta["language"] = language


if __name__ == "__main__":
    main()
