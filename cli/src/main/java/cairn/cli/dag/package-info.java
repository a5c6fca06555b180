/// Commands about DAGs of any codec, and about archives of them.
package cairn.cli.dag;
