// A certified provider of single sign-on on this machine. It asks nobody for a password: whoever the address of its
// sign-in page names is signed in. What of it is ours is only that page and the accounts.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { port, client_id, client_secret, redirect_uri, amr, verified } = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
  claims: { openid: ["sub", "amr"], email: ["email", "email_verified"] },
  cookies: { keys: [client_secret] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_ctx, interaction) => `/who/${interaction.uid}` },
  ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Interaction: 60, Session: 600, Grant: 600 },
  findAccount: (_ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.test`, email_verified: verified }),
  }),
  async loadExistingGrant(ctx) {
    const { client, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

const answer = provider.callback();
createServer(async (request, response) => {
  const asked = new URL(request.url, issuer);
  if (!asked.pathname.startsWith("/who/")) return answer(request, response);
  const login = { accountId: asked.searchParams.get("name"), amr };
  return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
}).listen(port, "127.0.0.1", () => console.log(issuer));
