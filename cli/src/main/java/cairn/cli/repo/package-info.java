/// Commands about the repo itself: its settings and its upkeep.
package cairn.cli.repo;
