//! Who a process is: names and numbers looked up in the image's own /etc/passwd and /etc/group.

use crate::oci::{Group, ImageFacts, SpecError, User};

/// A user as it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// User ID.
    pub(super) uid: u32,
    /// Group ID.
    pub(super) gid: u32,
    /// The groups that name the user as a member.
    pub(super) groups: Vec<u32>,
}

/// Looks up `user[:group]` as libcontainer does, for Docker and CRI-O.
///
/// opencontainers/runc 1.1.5, libcontainer/user/user.go, `GetExecUser`: a number need not be in the
/// files, a name must. Groups of which the user is a member count only where no group is named.
pub(super) fn look_up(user_and_group: &str, image: &ImageFacts) -> Result<Found, SpecError> {
    let (user, group) = user_and_group.split_once(':').unwrap_or((user_and_group, ""));
    let mut found = Found::default();
    let wanted = |entry: &&User| match user {
        "" => entry.uid == 0,
        _ => entry.name == user || user.parse() == Ok(entry.uid),
    };
    let entry = image.passwd.iter().flatten().find(wanted);
    if let Some(entry) = entry {
        (found.uid, found.gid) = (entry.uid, entry.gid);
    } else if !user.is_empty() {
        found.uid = user.parse().map_err(|_not_a_number| SpecError::UnknownUser(user.into()))?;
    }
    if group.is_empty() {
        let member = |group: &&Group| entry.is_some_and(|user| group.members.contains(&user.name));
        found.groups = image.group.iter().filter(member).map(|group| group.gid).collect();
    } else {
        found.gid = group_id(group, image)?;
    }
    Ok(found)
}

/// Looks up `user[:group]` as containerd does (1.6.20, `oci/spec_opts.go`, `WithUser`): two numbers
/// are taken as they are, and membership of groups is looked up elsewhere.
pub(super) fn look_up_containerd(
    user_and_group: &str,
    image: &ImageFacts,
) -> Result<Found, SpecError> {
    let (user, group) = user_and_group.split_once(':').unwrap_or((user_and_group, ""));
    let named = |user: &str| {
        let entry = image.passwd.iter().flatten().find(|entry| entry.name == user);
        entry.ok_or_else(|| SpecError::UnknownUser(user.into()))
    };
    let mut found = Found::default();
    match user.parse::<u32>() {
        Ok(uid) => {
            found.uid = uid;
            let entry = image.passwd.iter().flatten().find(|entry| entry.uid == uid);
            found.gid = entry.map_or(0, |entry| entry.gid);
        }
        Err(_not_a_number) => {
            let entry = named(user)?;
            (found.uid, found.gid) = (entry.uid, entry.gid);
        }
    }
    if !group.is_empty() {
        found.gid = group_id(group, image)?;
    }
    Ok(found)
}

/// User or group IDs of a request, which the API server has held to 31 bits.
pub(super) fn ids(numbers: &[i64]) -> impl Iterator<Item = u32> + '_ {
    numbers.iter().map(|&number| u32::try_from(number).unwrap_or_default())
}

/// The groups of which the user (a name or a number) is a member, where the number is known
/// (containerd 1.6.20, `oci/spec_opts.go`, `WithAdditionalGIDs`).
pub(super) fn memberships(user: &str, image: &ImageFacts) -> Vec<u32> {
    let by_number = user.parse().ok().map(|uid: u32| {
        image.passwd.iter().flatten().find(|entry| entry.uid == uid).map(|user| user.name.as_str())
    });
    let Some(name) = by_number.unwrap_or(Some(user)) else { return Vec::new() };
    let member = |group: &&Group| group.name != name && group.members.iter().any(|m| m == name);
    image.group.iter().filter(member).map(|group| group.gid).collect()
}

/// A group by name or number.
pub(super) fn group_id(group: &str, image: &ImageFacts) -> Result<u32, SpecError> {
    let entry = image.group.iter().find(|entry| entry.name == group);
    entry
        .map(|entry| entry.gid)
        .or_else(|| group.parse().ok())
        .ok_or_else(|| SpecError::UnknownGroup(group.into()))
}
