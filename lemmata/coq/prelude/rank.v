(* ---------------------------------------------------------------- the rank of a triangular matrix *)

(* Rows and columns in pairs: an entry is a sum over m of what the row knows times what the column knows. *)
Definition entry (m : nat) (row column : nat -> R) : R := sum (indices m) (fun j => row j * column j).
Fixpoint triangular (m : nat) (l : list ((nat -> R) * (nat -> R))) : Prop :=
  match l with
  | [] => True
  | a :: rest =>
      entry m (fst a) (snd a) <> 0 /\ (forall b, In b rest -> entry m (fst a) (snd b) = 0) /\ triangular m rest
  end.
Definition above (m : nat) (l k : list ((nat -> R) * (nat -> R))) : Prop :=
  forall a b, In a l -> In b k -> entry m (fst a) (snd b) = 0.

Lemma entry_last : forall m a c, entry (S m) a c = entry m a c + a m * c m.
Proof. intros m a c. unfold entry. rewrite <- (Nat.add_1_r m). apply sum_last. Qed.

Lemma entry_less : forall m a b k c, entry m (fun j => a j - k * b j) c = entry m a c - k * entry m b c.
Proof.
  intros m a b k c. unfold entry. induction (indices m) as [|j l IH]; simpl; [ring | rewrite IH; ring].
Qed.

(* Row b less the multiple of row a that clears its place m. *)
Definition cleared (m : nat) (a b : (nat -> R) * (nat -> R)) :=
  ((fun j => fst b j - fst b m / fst a m * fst a j) : nat -> R, snd b).

Lemma entry_cleared : forall m a b c, fst a m <> 0 -> entry (S m) (fst a) c = 0 ->
  entry m (fst (cleared m a b)) c = entry (S m) (fst b) c.
Proof.
  intros m a b c ha h. simpl. rewrite entry_less. rewrite entry_last in *.
  replace (entry m (fst a) c) with (- (fst a m * c m)) by lra. field. exact ha.
Qed.

Lemma triangular_cleared : forall m a l, fst a m <> 0 ->
  (forall b, In b l -> entry (S m) (fst a) (snd b) = 0) ->
  triangular (S m) l -> triangular m (map (cleared m a) l).
Proof.
  intros m a l ha. induction l as [|b l IH]; [intros; exact I|]. intros h [hb [hz hl]]. split; [|split].
  - change (entry m (fst (cleared m a b)) (snd b) <> 0).
    rewrite (entry_cleared m a b (snd b) ha); [exact hb | apply h; left; reflexivity].
  - intros c' hc. apply in_map_iff in hc. destruct hc as [c [<- hc]].
    change (snd (cleared m a c)) with (snd c). rewrite (entry_cleared m a b (snd c) ha); [apply hz, hc|].
    apply h. right. exact hc.
  - apply IH; [intros c hc; apply h; right; exact hc | exact hl].
Qed.

Lemma without_last : forall m l, triangular (S m) l -> exists l',
  (length l <= S (length l'))%nat /\ triangular m l' /\ (forall b', In b' l' -> exists b, In b l /\ snd b' = snd b).
Proof.
  intros m l. induction l as [|a l IH].
  - intros _. exists []. simpl. split; [lia | split; [exact I | intros b []]].
  - intros [ha [hz hl]]. destruct (Req_EM_T (fst a m) 0) as [e|e].
    + destruct (IH hl) as [l' [hn [ht hs]]]. exists (a :: l'). split; [simpl; lia|]. split; [split; [|split]|].
      * rewrite entry_last, e in ha. lra.
      * intros b' hb. destruct (hs b' hb) as [b [hb1 ->]]. specialize (hz b hb1). rewrite entry_last, e in hz. lra.
      * exact ht.
      * intros b' [<-|hb]; [exists a; split; [left|]; reflexivity|].
        destruct (hs b' hb) as [b [hb1 hb2]]. exists b. split; [right; exact hb1 | exact hb2].
    + exists (map (cleared m a) l). split; [simpl; rewrite map_length; lia|]. split.
      * apply triangular_cleared; assumption.
      * intros b' hb. apply in_map_iff in hb. destruct hb as [b [<- hb]]. exists b. split; [right; exact hb | reflexivity].
Qed.

Lemma rank_bound : forall m l, triangular m l -> (length l <= m)%nat.
Proof.
  induction m as [|m IH]; intros l h.
  - destruct l as [|a l]; [simpl; lia|]. destruct h as [h _]. exfalso. apply h. reflexivity.
  - destruct (without_last m l h) as [l' [hn [ht _]]]. specialize (IH l' ht). lia.
Qed.

(* ---------------------------------------------------------------- blocks of rows and columns *)

Lemma triangular_app : forall m l k, triangular m l -> triangular m k -> above m l k -> triangular m (l ++ k).
Proof.
  intros m l k. induction l as [|a l IH]; [intros; assumption|]. intros [ha [hz hl]] hk h. split; [exact ha|]. split.
  - intros b hb. apply in_app_or in hb. destruct hb as [hb|hb]; [apply hz, hb | apply h; [left; reflexivity | exact hb]].
  - apply IH; [exact hl | exact hk | intros b c hb hc; apply h; [right; exact hb | exact hc]].
Qed.

Lemma above_app : forall m l k k', above m l k -> above m l k' -> above m l (k ++ k').
Proof. intros m l k k' h h' a b ha hb. apply in_app_or in hb. destruct hb; [apply h | apply h']; assumption. Qed.

Definition range (n : nat) (row column : nat -> nat -> R) := map (fun i => (row i, column i)) (seq 0 n).

Lemma range_length : forall n row column, length (range n row column) = n.
Proof. intros. unfold range. rewrite map_length, seq_length. reflexivity. Qed.

Lemma above_range : forall m n k row column row' column',
  (forall s, (s < n)%nat -> forall t, (t < k)%nat -> entry m (row s) (column' t) = 0) ->
  above m (range n row column) (range k row' column').
Proof.
  intros m n k row column row' column' h a b ha hb. apply in_map_iff in ha, hb.
  destruct ha as [s [<- hs]], hb as [t [<- ht]]. apply in_seq in hs, ht. apply h; lia.
Qed.

Lemma triangular_range : forall m n row column,
  (forall s, (s < n)%nat -> forall t, (t < n)%nat -> (s < t)%nat -> entry m (row s) (column t) = 0) ->
  (forall s, (s < n)%nat -> entry m (row s) (column s) <> 0) -> triangular m (range n row column).
Proof.
  intros m n row column h hd. unfold range.
  assert (go : forall k start, (start + k <= n)%nat -> triangular m (map (fun i => (row i, column i)) (seq start k))).
  { induction k as [|k IH]; intros start hk; [exact I|]. split; [apply hd; lia|]. split; [|apply IH; lia].
    intros b hb. apply in_map_iff in hb. destruct hb as [t [<- ht]]. apply in_seq in ht. apply h; lia. }
  apply go. lia.
Qed.
