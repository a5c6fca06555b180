/// How the process logs.
package cairn.cli.logging;
